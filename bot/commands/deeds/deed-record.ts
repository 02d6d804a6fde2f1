/** 记, 更正: what was said is echoed, kept after the yes, corrected. */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import {
  type Correctable,
  correctDeed,
  type DeedWords,
  isWith,
  mayBeSame,
  readDeed,
} from '../../../domain/deeds/deed.ts';
import { isPrivate } from '../../../domain/deeds/kind-words.ts';
import { type DeedKind, deedKindNames, gradeNames } from '../../../domain/deeds/kinds.ts';
import { exchangeIn } from '../../../domain/presence/exchange.ts';
import { groupsLedBy } from '../../../prisma/store/cadres.ts';
import { addDeed, changeDeed, type DeedFindings, deedsOf } from '../../../prisma/store/deeds.ts';
import { loadFacts } from '../../../prisma/store/facts.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { card, reply } from '../../dialogue/say.ts';
import { auditDeed, type CadreOnly, findDeed, openPhotos } from './deed-choice.ts';
import { deedLine, deedLines, evidenceLine } from './deed-words.ts';

/** What was understood, as it waits for the yes: the date must not be read anew after midnight. */
const keptDeed = z.object({
  kind: z.enum(deedKindNames as [DeedKind, ...DeedKind[]]),
  day: z.int(),
  at: z.int().optional(),
  partner: z.string(),
  topic: z.string(),
  participants: z.int().optional(),
});

/** Echoes what was understood, and asks. */
export async function askToRecord(
  context: CadreOnly,
  { text: written }: { readonly text: string },
): Promise<Question> {
  const { db, cadre, now } = context;
  const read = readDeed(written, now);
  if (read.kind === 'fault') throw new CommandFault('no deed', read.say);
  const words = read.deed;
  const [same] = (await deedsOf(db, cadre.id, { from: words.day, to: words.day })).filter((other) =>
    mayBeSame(words, other),
  );
  const found = await findings(context, words);
  const lines = [
    ...deedLines(words, now),
    ...read.notes.map((note) => `（${note}）`),
    ...(found.withBranch ? ['联系的团支部：算一次'] : []),
    ...(found.withClub ? ['联系的社团：算一次'] : []),
    ...(same
      ? [`和您记过的这一条很像：${deedLine(same, now)}\n如果是同一件事，请回“否”；确实是另一次，再回“是”。`]
      : []),
    '要记下吗？',
  ];
  return { text: lines.join('\n'), keep: JSON.stringify(words) };
}

/** Keeps what was confirmed. */
export async function record(
  context: CadreOnly,
  { text: kept }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { at, participants, ...rest } = keptDeed.parse(JSON.parse(kept));
  const words: DeedWords = { ...rest, at, participants };
  const row = await addDeed(
    context.db,
    context.cadre.id,
    { ...words, ...(await findings(context, words)) },
    context.now,
  );
  await auditDeed(context, 'deed.add', row.id);
  const talk = isPrivate(row.kind);
  if (!talk) await openPhotos(context, row);
  const next = talk
    ? `现在是“${gradeNames[row.grade]}”。对方愿意的话，可以自己来印证。`
    : `现在是“${gradeNames[row.grade]}”。30 分钟内把照片或文件直接发给我，就放进这一条；也可以请参加的人印证。`;
  return [
    reply(
      context,
      card(`记下了，第 ${row.number} 条`, next, [
        { label: '请对方印证', command: `/记 印证 ${row.number}` },
        { label: '看列表', command: '/记 列表' },
      ]),
    ),
  ];
}

/** Corrects one thing of a deed. */
export async function correct(
  context: CadreOnly,
  {
    number: wanted,
    what,
    value,
  }: { readonly number: number; readonly what: Correctable; readonly value: string },
): Promise<readonly Saying[]> {
  const row = await findDeed(context, wanted);
  const read = correctDeed(row, what, value, context.now);
  if (read.kind === 'fault') throw new CommandFault('no correction', read.say);
  if (isPrivate(read.deed.kind) && (row.photos > 0 || row.reflection !== undefined))
    throw new CommandFault(
      'a talk has neither pictures nor words',
      '谈心谈话不留照片和感悟，这一条已经有了：请撤回它，再重新记。',
    );
  await changeDeed(context.db, row.id, { ...read.deed, ...(await findings(context, read.deed)) });
  await auditDeed(context, 'deed.correct', row.id);
  const after = await findDeed(context, wanted);
  const lines = [...deedLines(after, context.now), evidenceLine(after)];
  return [reply(context, card(`第 ${row.number} 条改好了`, lines.join('\n')))];
}

/** What the bot finds out by itself about a deed. */
async function findings({ db, cadre, now }: CadreOnly, words: DeedWords): Promise<DeedFindings> {
  const { branch, club } = await db.cadre.findUniqueOrThrow({
    where: { id: cadre.id },
    select: { branch: true, club: true },
  });
  let messages = false;
  // Whom a talk was with is nobody's business: only exchanges are looked for in the group.
  if (words.kind === 'exchange')
    for (const group of await groupsLedBy(db, cadre.personId, dayOf(now))) {
      const facts = await loadFacts(db, group.id, { from: words.day, to: words.day });
      messages ||= exchangeIn(facts, { kind: 'week', key: '', from: words.day, to: words.day }) > 0;
    }
  return { messages, withBranch: isWith(words, branch), withClub: isWith(words, club) };
}

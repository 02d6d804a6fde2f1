/** 记: a cadre's deeds (工作纪实) in words, echoed, confirmed, corrected, withdrawn; only privately, since talks are in it. */
import { z } from 'zod';
import { dayOf, formatDay } from '../../domain/calendar/day.ts';
import { monthOf, quarterOf, yearOf } from '../../domain/calendar/period.ts';
import {
  type Correctable,
  correctable,
  correctDeed,
  type DeedWords,
  isPrivate,
  isWith,
  mayBeSame,
  readDeed,
} from '../../domain/deeds/deed.ts';
import { type DeedKind, deedKindNames, deedKinds, gradeNames } from '../../domain/deeds/kinds.ts';
import { exchangeIn } from '../../domain/presence/exchange.ts';
import { recordAudit } from '../../prisma/store/audit.ts';
import { groupsLedBy } from '../../prisma/store/cadres.ts';
import { codeLifeMs, newCode, shownCode } from '../../prisma/store/codes.ts';
import { keepQuestion } from '../../prisma/store/confirmations.ts';
import {
  addDeed,
  changeDeed,
  countDeeds,
  type DeedFindings,
  type DeedRow,
  deedNumbered,
  deedsOf,
  openToConfirm,
  photosOf,
  reflect,
  withdrawDeed,
} from '../../prisma/store/deeds.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { leadingNumber, nothing, number, numberAndText, oneOf, text } from './arguments.ts';
import { action, type ContextFor, defineCommand, type Question, type Saying } from './command.ts';
import { deedLine, deedLines, evidenceLine, gradesLine } from './deed-words.ts';
import { CommandFault } from './fault.ts';
import { plain } from './plain.ts';
import { card, reply } from './say.ts';

type CadreHere = ContextFor<'cadre', 'person'>;

const shownInList = 20;
/** How long pictures sent privately go to a deed, in milliseconds. */
export const photoWindowMs = 30 * 60_000;
/** Where {@link keepQuestion} keeps which deed that is. */
export const photoChat = 'deed-photos';
const correction = z.string().transform((typed, context) => {
  const found = leadingNumber(typed);
  const what = correctable.find((word) => found?.rest.startsWith(word));
  const value = plain(found && what ? found.rest.slice(what.length).slice(0, 2_000) : '').replace(
    /^[\s:：为成]+/u,
    '',
  );
  if (found && what && value !== '') return { number: found.number, what, value };
  context.addIssue({ code: 'custom', message: `请写编号、改哪一项（${correctable.join('、')}）和改成什么` });
  return z.NEVER;
});

const common = { who: 'cadre', where: 'private', about: 'person' } as const;

export const deed = defineCommand({
  name: '记',
  aliases: ['记录', '工作纪实'],
  summary: '记一次联系青年的工作：团课、走访、谈心、志愿服务等',
  actions: [
    action({
      ...common,
      name: '',
      summary:
        '用一句话记：类别、日期、和谁、做什么、多少人。我先念给您听，您说“是”才记下；谈心谈话只记类别和日期',
      examples: ['/记 团课 5月4日下午 给计科2班讲五四精神 32人', '/记 谈心谈话 昨天'],
      // What is kept until the yes may be longer than what was typed.
      arguments: text('请用一句话说做了什么', 1200),
      confirm: ask,
      run: keep,
    }),
    action({
      ...common,
      name: '列表',
      summary: '看记过的工作，缺省是本季度；后面可以写“本月”“本年”',
      examples: ['/记 列表', '/记 列表 本年'],
      arguments: oneOf(['', '本月', '本季度', '本年'], '可以写 /记 列表 本月、本季度、本年'),
      confirm: false,
      run: list,
    }),
    action({
      ...common,
      name: '查看',
      summary: '看一条记录的全部内容和照片',
      examples: ['/记 查看 3'],
      arguments: number('请写记录的编号'),
      confirm: false,
      run: show,
    }),
    action({
      ...common,
      name: '更正',
      summary: '改一条记录：类别、日期、对象、主题或人数；别人的印证是对原来内容的，会一起清掉',
      examples: ['/记 更正 3 人数 35', '/记 更正 3 日期 5月5日'],
      arguments: correction,
      confirm: false,
      run: correct,
    }),
    action({
      ...common,
      name: '撤回',
      summary: '撤回一条记录，内容、照片和印证都删掉',
      examples: ['/记 撤回 3'],
      arguments: number('请写记录的编号'),
      confirm: async (context, wanted) => {
        const row = await find(context, wanted.number);
        return { text: `要撤回这一条吗？内容和照片会删掉，不能恢复。\n${deedLine(row, context.now)}` };
      },
      run: async (context, wanted) => {
        const row = await find(context, wanted.number);
        await withdrawDeed(context.db, row.id, context.now);
        await audit(context, 'deed.withdraw', row.id);
        return [reply(context, `第 ${row.number} 条已撤回，内容都删掉了。`)];
      },
    }),
    action({
      ...common,
      name: '感悟',
      summary: '给一条记录写几句感悟；再写一次就换成新的',
      examples: ['/记 感悟 3 大家更想听身边人的故事'],
      arguments: numberAndText('请写编号和感悟', 1000),
      confirm: false,
      run: async (context, { number: wanted, text: words }) => {
        const row = await find(context, wanted);
        // Of a talk nothing is kept that was said in it.
        if (isPrivate(row.kind))
          throw new CommandFault('no words of a talk', '谈心谈话不记任何内容，也不写感悟。');
        await reflect(context.db, row.id, words);
        await audit(context, 'deed.reflect', row.id);
        return [reply(context, `感悟记在第 ${row.number} 条里了。`)];
      },
    }),
    action({
      ...common,
      name: '照片',
      summary: '给一条记录加照片：发完这句，30 分钟内把照片私聊发给我',
      examples: ['/记 照片 3'],
      arguments: number('请写记录的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await find(context, wanted.number);
        if (isPrivate(row.kind)) throw new CommandFault('no pictures of a talk', '谈心谈话不留照片。');
        await openPhotos(context, row);
        return [reply(context, `请把第 ${row.number} 条的照片直接发给我，30 分钟内都算它的。`)];
      },
    }),
    action({
      ...common,
      name: '印证',
      summary: '得到一个印证码，请参加的人自愿私聊我印证；是不是印证、谁印证的都由他们自己定',
      examples: ['/记 印证 3'],
      arguments: number('请写记录的编号'),
      confirm: false,
      run: confirmable,
    }),
    action({
      ...common,
      name: '导出',
      summary: '把您记过的全部工作导出成一个表格文件',
      examples: ['/记 导出'],
      arguments: nothing,
      confirm: false,
      run: exportAll,
    }),
  ],
});

/** What was understood, as it waits for the yes: the date must not be read anew after midnight. */
const keptDeed = z.object({
  kind: z.enum(deedKindNames as [DeedKind, ...DeedKind[]]),
  day: z.int(),
  at: z.int().optional(),
  partner: z.string(),
  topic: z.string(),
  participants: z.int().optional(),
});

async function ask(context: CadreHere, { text: written }: { readonly text: string }): Promise<Question> {
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
    ...(read.assumedToday ? ['（没写日期，按今天算）'] : []),
    ...(found.withBranch ? ['联系的团支部：算一次'] : []),
    ...(found.withClub ? ['联系的社团：算一次'] : []),
    ...(same
      ? [`和您记过的这一条很像：${deedLine(same, now)}\n如果是同一件事，请回“否”；确实是另一次，再回“是”。`]
      : []),
    '要记下吗？',
  ];
  return { text: lines.join('\n'), keep: JSON.stringify(words) };
}

async function keep(
  context: CadreHere,
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
  await audit(context, 'deed.add', row.id);
  const talk = isPrivate(row.kind);
  if (!talk) await openPhotos(context, row);
  const next = talk
    ? `现在是“${gradeNames[row.grade]}”。对方愿意的话，可以自己来印证。`
    : `现在是“${gradeNames[row.grade]}”。30 分钟内把照片直接发给我，就放进这一条；也可以请参加的人印证。`;
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

/** What the bot finds out by itself about a deed. */
async function findings({ db, cadre, now }: CadreHere, words: DeedWords): Promise<DeedFindings> {
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

async function list(
  context: CadreHere,
  { word }: { readonly word: '' | '本月' | '本季度' | '本年' },
): Promise<readonly Saying[]> {
  const { db, cadre, now } = context;
  const today = dayOf(now);
  const period = word === '本月' ? monthOf(today) : word === '本年' ? yearOf(today) : quarterOf(today);
  const rows = await deedsOf(db, cadre.id, period, shownInList);
  if (rows.length === 0)
    return [reply(context, `${word || '本季度'}还没有记录。比如：/记 走访 昨天 电气系宿舍`)];
  const counts = await countDeeds(db, cadre.id, period);
  const total = counts.verified + counts.documented + counts.stated;
  const more = total > rows.length ? [`（只列最近 ${rows.length} 条，全部请发 /记 导出）`] : [];
  const lines = [gradesLine(counts), ...rows.map((row) => deedLine(row, now)), ...more];
  return [reply(context, card(`${word || '本季度'}的工作`, lines.join('\n')))];
}

async function show(context: CadreHere, wanted: { readonly number: number }): Promise<readonly Saying[]> {
  const row = await find(context, wanted.number);
  const lines = [
    ...deedLines(row, context.now),
    evidenceLine(row),
    ...(row.reflection === undefined ? [] : [`感悟：${row.reflection}`]),
  ];
  const photos = await photosOf(context.db, row.id);
  return [
    reply(context, card(`第 ${row.number} 条`, lines.join('\n'))),
    ...photos.map((file, n) =>
      reply(context, { type: 'photo', file, alt: `第 ${row.number} 条的照片 ${n + 1}` }),
    ),
  ];
}

async function correct(
  context: CadreHere,
  {
    number: wanted,
    what,
    value,
  }: { readonly number: number; readonly what: Correctable; readonly value: string },
): Promise<readonly Saying[]> {
  const row = await find(context, wanted);
  const read = correctDeed(row, what, value, context.now);
  if (read.kind === 'fault') throw new CommandFault('no correction', read.say);
  if (isPrivate(read.deed.kind) && (row.photos > 0 || row.reflection !== undefined))
    throw new CommandFault(
      'a talk has neither pictures nor words',
      '谈心谈话不留照片和感悟，这一条已经有了：请撤回它，再重新记。',
    );
  await changeDeed(context.db, row.id, { ...read.deed, ...(await findings(context, read.deed)) });
  await audit(context, 'deed.correct', row.id);
  const after = await find(context, wanted);
  const lines = [...deedLines(after, context.now), evidenceLine(after)];
  return [reply(context, card(`第 ${row.number} 条改好了`, lines.join('\n')))];
}

async function confirmable(
  context: CadreHere,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const { db, secret, now, random } = context;
  const row = await find(context, wanted.number);
  const code = newCode(random);
  await openToConfirm(db, row.id, secret.hash(code), now + codeLifeMs);
  const once = isPrivate(row.kind) ? '，只能用一次' : '';
  return [
    reply(
      context,
      `印证码：${shownCode(code)}（7 天内有效${once}）\n请转告参加的人：愿意的话，私聊我发 /印证 ${shownCode(code)}。不愿意也没关系，我不会催，也不会告诉您谁印证了。`,
    ),
  ];
}

async function exportAll(context: CadreHere): Promise<readonly Saying[]> {
  const rows = await deedsOf(context.db, context.cadre.id, { from: 0, to: dayOf(context.now) });
  await audit(context, 'deed.export', context.cadre.id);
  if (rows.length === 0) return [reply(context, '还没有记录可以导出。')];
  return [
    reply(context, {
      type: 'table',
      name: '工作纪实.csv',
      rows: [
        ['编号', '类别', '日期', '对象', '主题', '人数', '佐证', '印证人数', '照片', '感悟'],
        ...rows.map((row) => [
          String(row.number),
          deedKinds[row.kind].name,
          formatDay(row.day),
          row.partner,
          row.topic,
          String(row.participants ?? ''),
          gradeNames[row.grade],
          String(row.confirmations),
          String(row.photos),
          row.reflection ?? '',
        ]),
      ],
    }),
  ];
}

async function find({ db, cadre }: CadreHere, wanted: number): Promise<DeedRow> {
  const row = await deedNumbered(db, cadre.id, wanted);
  if (!row) throw new CommandFault('no such deed', `没有第 ${wanted} 条记录，发 /记 列表 看看编号。`);
  return row;
}

async function openPhotos({ db, person, now }: CadreHere, row: DeedRow): Promise<void> {
  await keepQuestion(db, {
    personId: person.id,
    chat: photoChat,
    command: String(row.number),
    expiresAt: now + photoWindowMs,
  });
}

async function audit({ db, secret, now, person }: CadreHere, what: string, id: number): Promise<void> {
  const subject = what === 'deed.export' ? `cadre:${id}` : `deed:${id}`;
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}

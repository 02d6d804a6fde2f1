/**
 * 匿名: a demand of which not even the cadre learns who brought it, while the answer reaches its asker. The asker is known by
 * a word alone; the bot finds nobody's anonymous demands by itself (docs/privacy.md, 匿名的诉求).
 */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import { mostADay, mostCriesADay } from '../../../domain/listening/anonymous.ts';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { decide, openDemand, stageNames } from '../../../domain/listening/demand.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { codeFrom, newCode, shownCode } from '../../../prisma/store/codes.ts';
import type { DemandRow } from '../../../prisma/store/demand-rows.ts';
import { unmerge } from '../../../prisma/store/demand-waiting.ts';
import { demandOfTicket, moveDemand } from '../../../prisma/store/demands.ts';
import { lockGroup } from '../../../prisma/store/numbering.ts';
import { countToday, takeSlip, waitingSlip } from '../../../prisma/store/slips.ts';
import { action, type Context, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { alarmUnnamed, helpFor } from '../../dialogue/danger.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { card, reply } from '../../dialogue/say.ts';
import { sealedAddress } from '../../sealed-address.ts';
import { heardText } from '../voices/cry-instead.ts';
import { file } from './anonymous-filing.ts';
import { type OwnStep, ownByWord } from './asker.ts';
import { dropSlip, readSlip, type SlipStep, stepOf } from './slip.ts';

type YouthHere = ContextFor<'youth', 'group'>;

const longest = 1000;
const later = '几个小时内随机的一个整点';

/** Named `匿名` after 诉求, too, with the slips that are made in typing it. */
export const anonymousWords = ['匿名', '昵名', '匿明', '逆名', '不记名', '不署名', '不实名'] as const;

const common = { who: 'youth', where: 'private', confirm: false, unnamed: true } as const;

/** What is filed without a name: under 匿名 itself and under 诉求. */
export function filing(name: string, aliases: readonly string[], example: string) {
  return action({
    ...common,
    name,
    aliases,
    summary: `匿名提诉求：连团干部也不知道是谁，答复由我私聊转给你。为了不让时间露出是谁，1 到 12 小时里随机的一个整点才交给团干部`,
    examples: [example],
    about: 'group',
    arguments: heardText('想反映什么？写在后面就行', longest),
    urgent: soundsDangerous,
    run: take,
  });
}

export const anonymous = defineCommand({
  name: '匿名',
  aliases: ['匿名诉求', '匿名反映'],
  summary: '不想让人知道是谁，就匿名提诉求，用凭据看答复',
  actions: [
    filing('', [], '/匿名 宿舍三楼的热水晚上总是断'),
    own('查看', ['看'], '看办到哪一步了，和答复', look),
    own('确认', ['解决了'], '答复解决了问题', (context, word) => step(context, word, 'confirm')),
    own('重开', ['没解决', '还没解决'], '答复没有解决问题：回到办理中', (context, word) =>
      step(context, word, 'reopen'),
    ),
    own('同意', [], '同意转报团组织', (context, word) => step(context, word, 'agree')),
    own('不同意', [], '不同意转报：照样在团干部这里办', (context, word) => step(context, word, 'disagree')),
    own('撤回', ['收回'], '收回，内容当时就抹掉', withdraw),
  ],
});

/** An action on a demand that a word tells. */
function own(
  name: OwnStep,
  aliases: readonly string[],
  summary: string,
  run: (context: Context, word: string) => Promise<readonly Saying[]>,
) {
  return action({
    ...common,
    name,
    aliases,
    summary: `${summary}；后面写提的时候给你的凭据`,
    examples: [`/匿名 ${name} ABCD-EFGH`],
    about: 'person',
    arguments: z.string().transform((typed, context) => {
      const word = codeFrom(typed);
      if (word !== undefined) return word;
      context.addIssue({ code: 'custom', message: '后面请写提的时候给你的凭据，8 位，像 ABCD-EFGH' });
      return z.NEVER;
    }),
    run,
  });
}

/** Forty random bits, and nothing to be had by guessing but one text: no limit is put on tries. */
function ticketOf({ secret }: Pick<Context, 'secret'>, word: string): string {
  return secret.hash(`ticket/${word}`);
}

async function take(
  context: YouthHere,
  { text: written }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, person, now, random, secret } = context;
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  if (!cadre)
    throw new CommandFault(
      'no cadre to tell',
      '这个群还没有绑定团干部，暂时没人能受理。等团干部绑定后再发吧，刚才写的我没有留。',
    );
  const urgent = soundsDangerous(written);
  // A count under a name that is the day's and the person's, and tells neither without the key.
  const counted = secret.hash(`${urgent ? 'cries' : 'anonymous'}/${dayOf(now)}/${person.id}`);
  const count = await countToday(db, counted, dayOf(now));
  if (urgent && count > mostCriesADay) return [await helpFor(context)];
  if (!urgent && count > mostADay)
    throw new CommandFault(
      'too many in a day',
      `今天已经替你收了 ${mostADay} 件匿名的事。不急的，明天再说；急的，可以实名发 /诉求，或者直接找团干部。`,
    );
  const opened = openDemand(1, written, now);
  if (opened.kind === 'fault') throw new CommandFault('no demand', opened.say);
  const word = newCode(random);
  const ticket = ticketOf(context, word);
  const unfiled = {
    groupId: group.id,
    text: opened.demand.text,
    address: await sealedAddress(db, secret, person.id, word),
  };
  if (!urgent) {
    await dropSlip(db, ticket, { kind: 'file', ...unfiled }, context);
    return [reply(context, receipt(word))];
  }
  // Life goes before the hour: what sounds like danger is filed and told at once.
  const { row } = await file(db, unfiled, ticket, context);
  const { help, alarm } = alarmUnnamed(context, cadre.personId, group, row, shownCode(word));
  return [help, alarm];
}

function receipt(word: string) {
  return card(
    '收到，我替你匿名转',
    [
      '1 到 12 小时里随机的一个整点，我才把它交给团干部，只有内容，没有是谁、几点写的。答复由我私聊转给你，也会晚一点。',
      `你的凭据：${shownCode(word)}`,
      '我自己也认不出哪件是你的，只认凭据。想看进展、想收回，点下面，或者发 /匿名 查看 加凭据、/匿名 撤回 加凭据。',
      '小提醒：内容里有名字、床号、只有你知道的事，别人也可能猜到是谁；想改，就收回重写。',
    ].join('\n'),
    [
      { label: '看进展', command: ownByWord('查看', word) },
      { label: '收回', command: ownByWord('撤回', word) },
    ],
  );
}

/** The demand of a word, or the slip in which it still waits to be filed. Throws {@link CommandFault} without either. */
async function find(
  context: Context,
  word: string,
): Promise<{ readonly ticket: string } & ({ readonly row: DemandRow } | { readonly text: string })> {
  const ticket = ticketOf(context, word);
  const row = await demandOfTicket(context.db, ticket);
  if (row) return { ticket, row };
  const body = await waitingSlip(context.db, ticket);
  const slip = body === undefined ? undefined : readSlip(context.secret, body);
  if (slip?.kind === 'file') return { ticket, text: slip.text };
  throw new CommandFault(
    'no such word',
    '没有这个凭据：看看有没有抄错。还没交出去就收回的，已经一个字不留了。',
  );
}

async function look(context: Context, word: string): Promise<readonly Saying[]> {
  const found = await find(context, word);
  const back = { label: '收回', command: ownByWord('撤回', word) };
  if ('text' in found)
    return [reply(context, card('还没有交给团干部', `${found.text}\n（随机的整点一到就交）`, [back]))];
  const { row } = found;
  const waits = await waitingSlip(context.db, found.ticket);
  const into = row.mergedInto === undefined ? '' : `（和第 ${row.mergedInto} 号一起办）`;
  const lines = [
    row.text,
    ...(row.reply === undefined ? [] : [`答复：${row.reply}`]),
    ...(waits === undefined || row.state === 'withdrawn'
      ? []
      : ['你刚才说的还没有转给团干部，随机的整点一到就转。']),
  ].filter(Boolean);
  const buttons = [
    ...(row.state === 'answered' ? [{ label: '解决了', command: ownByWord('确认', word) }] : []),
    ...(decide(row, { step: 'reopen', at: context.now }).kind === 'demand'
      ? [{ label: row.state === 'merged' ? '不是一回事' : '还没解决', command: ownByWord('重开', word) }]
      : []),
    ...(row.state === 'withdrawn' ? [] : [back]),
  ];
  return [
    reply(context, card(`第 ${row.number} 号　${stageNames[row.state]}${into}`, lines.join('\n'), buttons)),
  ];
}

/** Says what is done, and does it at a random hour. */
async function step(context: Context, word: string, what: SlipStep): Promise<readonly Saying[]> {
  const { db, now } = context;
  const found = await find(context, word);
  if ('text' in found) throw new CommandFault('not filed yet', '这件还没有交给团干部，先等等答复。');
  const { ticket, row } = found;
  const decision = decide(row, stepOf(what, now));
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  await dropSlip(db, ticket, { kind: 'step', step: what }, context);
  const said = {
    confirm: `太好了，谢谢你告诉我们。${later}，第 ${row.number} 号就办结。`,
    reopen: `记下了。${later}，我请团干部再看第 ${row.number} 号；想补充细节，再发一条 /匿名 就行。`,
    agree: `好的。${later}，我告诉团干部可以转报第 ${row.number} 号，有结果照样转给你。`,
    disagree: `好的，不转报。${later}，我告诉团干部，第 ${row.number} 号照样在团干部这里办。`,
  };
  return [reply(context, said[what])];
}

/** Its words go at once; others are told of it at a random hour. */
async function withdraw(context: Context, word: string): Promise<readonly Saying[]> {
  const { db, now } = context;
  const found = await find(context, word);
  if ('text' in found) {
    await takeSlip(db, found.ticket);
    return [reply(context, '收回了，还没有给任何人看过，一个字也没有留。以后想说，随时再来。')];
  }
  const { ticket } = found;
  // A merge into it waits, and then sees that it is withdrawn.
  await lockGroup(db, found.row.groupId);
  const row = (await demandOfTicket(db, ticket)) ?? found.row;
  const decision = decide(row, { step: 'withdraw', at: now });
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveDemand(db, row, { ...decision.demand, closedAt: row.createdAt })))
    throw new CommandFault('the demand was moved meanwhile', '刚刚有了变化，请再发一次。');
  const freed = [...(await unmerge(db, row))];
  await dropSlip(db, ticket, { kind: 'withdrawn', freed, answered: row.answeredAt !== undefined }, context);
  return [reply(context, `第 ${row.number} 号收回了，内容和答复已经抹掉。${later}，我告诉团干部不用再办。`)];
}

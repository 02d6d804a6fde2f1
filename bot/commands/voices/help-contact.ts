/** Bringing two youths together: both have said yes before either learns the other's name. */
import { dayMs } from '../../../domain/calendar/day.ts';
import { faultOfAsking, mostContactsADay } from '../../../domain/listening/help.ts';
import {
  askContact,
  askedSince,
  contactOf,
  contactsWaiting,
  type HelpRow,
  settleContact,
} from '../../../prisma/store/helps.ts';
import type { ContextFor, Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, notice, reply } from '../../dialogue/say.ts';
import { audit, find, helpRule, own, titled } from './help-own.ts';
import { calledIn } from './wish-words.ts';

type YouthHere = ContextFor<'youth', 'group'>;
type Wanted = { readonly number: number };

const mostButtons = 6;

/** The question before somebody's name is given to whoever posted it. */
export async function askToContact(context: YouthHere, { number }: Wanted): Promise<Question> {
  const { db, group, person, now } = context;
  const row = await reachable(context, number);
  const name = await calledIn(db, group.id, person.id, now);
  return {
    text: `要联系互助第 ${number} 号吗？\n${titled(row)}\n我会私下告诉对方：${name}想联系；对方愿意了，再告诉你是谁。\n${helpRule}`,
    yes: '联系',
    no: '先不',
    privately: true,
  };
}

/** 联系 */
export async function contact(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const { db, group, person, now } = context;
  const row = await reachable(context, number);
  if (!(await askContact(db, row.id, person.id, now)))
    throw new CommandFault('asked before', `互助第 ${number} 号已经替你问过了，有回话马上告诉你。`);
  await audit(context, 'help.ask', row);
  const name = await calledIn(db, group.id, person.id, now);
  return [
    notice(
      person.id,
      `替你问了互助第 ${number} 号的对方，愿意的话马上告诉你是谁；一周没有回话，我也告诉你。`,
      'reply',
    ),
    notice(
      row.owner,
      card(
        `有人想联系你的互助第 ${number} 号`,
        `“${nameOf(group)}”的${name}想联系你：${titled(row)}\n可以把你的名字告诉对方吗？不方便也没关系，我来回话。\n${helpRule}`,
        answers(row, person.id),
      ),
    ),
  ];
}

function answers(row: HelpRow, personId: number) {
  const rest = `群#${row.groupId} ${row.number} #${personId}`;
  return [
    { label: '可以', command: `/互助 同意 ${rest}`, style: 'primary' as const },
    { label: '不方便', command: `/互助 不同意 ${rest}` },
  ];
}

/** 同意 and 不同意, of the one who is named or the only one who waits. */
export async function answerContact(
  context: YouthHere,
  { number, personId }: { readonly number: number; readonly personId: number | undefined },
  yes: boolean,
): Promise<readonly Saying[]> {
  const { db, group, person, now } = context;
  const row = await own(context, number);
  const waiting = (await contactsWaiting(db, row.id)).filter(
    (one) => personId === undefined || one.personId === personId,
  );
  const [asker, another] = waiting;
  if (!asker) throw new CommandFault('nobody waits', `互助第 ${number} 号现在没有等你回话的人。`);
  if (another) return [await whom(context, row, waiting.slice(0, mostButtons), yes)];
  if (!(await settleContact(db, row.id, asker.personId, yes ? 'given' : 'refused')))
    throw new CommandFault('settled before', `互助第 ${number} 号已经回过话了。`);
  await audit(context, yes ? 'help.introduce' : 'help.refuse', row);
  const other = await calledIn(db, group.id, asker.personId, now);
  if (!yes)
    return [
      reply(context, `好的，我去回话，没有告诉${other}你是谁。`),
      notice(asker.personId, `互助第 ${number} 号的对方这次不方便，别往心里去，看看别的：/互助 列表`),
    ];
  const mine = await calledIn(db, group.id, person.id, now);
  return [
    reply(context, `告诉${other}了，你们可以在群里找到对方。解决了发 /互助 解决 ${number}。`),
    notice(
      asker.personId,
      `互助第 ${number} 号的对方愿意：是“${nameOf(group)}”的${mine}，在群里就能找到。\n${helpRule}`,
    ),
  ];
}

async function whom(
  { db, group, now, person }: YouthHere,
  row: HelpRow,
  waiting: readonly { readonly personId: number }[],
  yes: boolean,
): Promise<Saying> {
  const buttons = [];
  for (const { personId } of waiting)
    buttons.push({
      label: await calledIn(db, group.id, personId, now),
      command: `/互助 ${yes ? '同意' : '不同意'} 群#${row.groupId} ${row.number} #${personId}`,
    });
  return notice(
    person.id,
    card('是回哪一位？', `有 ${waiting.length} 位想联系互助第 ${row.number} 号，点一下。`, buttons),
    'reply',
  );
}

async function reachable(context: YouthHere, number: number): Promise<HelpRow> {
  const { db, person, now } = context;
  const row = await find(context, number);
  const fault = faultOfAsking(row, person.id, await contactOf(db, row.id, person.id));
  if (fault !== undefined) throw new CommandFault('not reachable', fault);
  if ((await askedSince(db, person.id, now - dayMs)) >= mostContactsADay)
    throw new CommandFault('too many', `今天已经联系了 ${mostContactsADay} 位，先等等回话，明天再来。`);
  return row;
}

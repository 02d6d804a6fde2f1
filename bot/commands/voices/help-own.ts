/** The list of mutual help, and what one has put on it oneself. */
import { dayMs, dayOf } from '../../../domain/calendar/day.ts';
import { formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import {
  decideHelp,
  directionNames,
  type Help,
  type HelpStep,
  helpStageNames,
  makeHelp,
  mostHelps,
  soundsLikeMoney,
} from '../../../domain/listening/help.ts';
import { hideContacts } from '../../../domain/redaction/redact.ts';
import type { Db } from '../../../prisma/database.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import {
  addHelp,
  contactsWaiting,
  countOpenHelps,
  type HelpRow,
  helpNumbered,
  helpsInHand,
  helpsOf,
  moveHelp,
  nextHelpNumber,
  openHelps,
  sameHelp,
  settleContact,
} from '../../../prisma/store/helps.ts';
import type { Context, ContextFor, GroupHere, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, notice, quietly, reply } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { oneLine, shorten } from '../../render/legible.ts';
import { cryInstead } from './cry-instead.ts';
import { kept } from './kept-card.ts';

type YouthHere = ContextFor<'youth', 'group'>;
type Wanted = { readonly number: number };

const shownInList = 15;
const mostButtons = 6;
/** What one person may post in 24 hours, what was taken back included. */
const mostADay = 5;
const shownOfOwn = 10;
/** Half-width columns of one's own in a list. */
const shownWidth = 80;

/** Said wherever people are brought together. */
export const helpRule = '互相帮忙不收钱：要转账、要押金、要验证码、代写代考的，都别理，告诉团干部。';

/** What is on the list; nobody's name. */
export async function list(context: ContextFor<'anyone', 'group'>): Promise<readonly Saying[]> {
  const { db, group } = context;
  return [await kept(context, 'helps', reply(context, await helpCard(db, group)))];
}

/** A group's list as a card; whom one can ask to be in touch with has a button. */
export async function helpCard(db: Db, group: GroupHere): Promise<Draft> {
  const rows = await openHelps(db, group.id, shownInList);
  const more = (await countOpenHelps(db, group.id)) - rows.length;
  const lines = rows.map((row) => `${row.number} 号　${titled(row)}`);
  const foot = `想联系，发 /互助 联系 编号，我先问对方愿不愿意；自己发一条，写 /互助 求 或 /互助 供 加内容。\n${helpRule}`;
  return card(
    '互助',
    [
      ...(lines.length > 0 ? lines : ['现在还没有，来发第一条吧。']),
      ...(more > 0 ? [`还有 ${more} 条早一些的。`] : []),
      '',
      foot,
    ].join('\n'),
    rows.slice(0, mostButtons).map(({ number }) => ({
      label: `联系 ${number} 号`,
      command: `/互助 联系 群#${group.id} ${number}`,
    })),
  );
}

/** “【求】四级听力资料” */
export function titled({ direction, text }: Pick<Help, 'direction' | 'text'>): string {
  return `【${directionNames[direction]}】${oneLine(text)}`;
}

/** Puts a request or an offer on the list. */
export async function post(
  context: YouthHere,
  { direction, text }: Pick<Help, 'direction' | 'text'>,
): Promise<readonly Saying[]> {
  const cry = await cryInstead(context, text, '这句话没有列出去');
  if (cry) return cry;
  const { db, group, person, now } = context;
  const written = hideContacts(text);
  const number = await nextHelpNumber(db, group.id);
  const same = await sameHelp(db, group.id, { owner: person.id, direction, text: written });
  if (same) return [quietly(context, `这一条已经在列表里了，是第 ${same.number} 号。`)];
  const decision = makeHelp(number, person.id, { direction, text: written }, now);
  if (decision.kind === 'fault') throw new CommandFault('no help', decision.say);
  const had = await helpsInHand(db, person.id, now - dayMs);
  if (had.open >= mostHelps || had.made >= mostADay)
    throw new CommandFault(
      'too many',
      had.open >= mostHelps
        ? `你已经有 ${mostHelps} 条在列表里了，解决一条（/互助 解决 编号）再发一条。`
        : '今天发得不少了，明天再来吧。',
    );
  const row = await addHelp(db, group.id, decision.help, now);
  await audit(context, 'help.add', row);
  const hints = [
    written === text ? '' : '电话、账号这些我隐去了：群里人多，对上了再私下说。',
    soundsLikeMoney(text) ? helpRule : '',
  ].filter(Boolean);
  const told = `第 ${number} 号记进互助列表了，不写你的名字。${hangsUntil(row, now)}。有人想联系，我先私下问你。`;
  return [
    quietly(context, [told, ...hints].join('\n')),
    ...(soundsLikeMoney(text) ? await toCadre(context, row) : []),
  ];
}

/** The cadre looks at what may be about money; everything else is the youths' own matter. */
async function toCadre({ db, group, now }: YouthHere, row: HelpRow): Promise<readonly Saying[]> {
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  if (!cadre) return [];
  return [
    notice(
      cadre.personId,
      card(
        `“${nameOf(group)}”的互助第 ${row.number} 号，请您看一眼`,
        `${titled(row)}\n可能涉及钱或代写代考。没问题就不用管；不合适的，发 /互助 收起 ${row.number} 加原因。`,
        [{ label: '看互助列表', command: `/互助 列表 群#${group.id}` }],
      ),
    ),
  ];
}

function hangsUntil({ number, expiresAt }: Help, now: number): string {
  return `挂到 ${formatDateTime(expiresAt, now)}，到时候还可以发 /互助 续 ${number} 接着挂`;
}

/** What one has posted, and who waits for one's word. */
export async function mine(context: ContextFor<'youth', 'person'>): Promise<readonly Saying[]> {
  const { db, person } = context;
  const rows = await helpsOf(db, person.id, shownOfOwn);
  if (rows.length === 0)
    return [reply(context, '你还没有发过互助。发一条，写 /互助 求 或 /互助 供 加内容。')];
  const lines: string[] = [];
  for (const row of rows) lines.push(await ownLine(db, row));
  return [
    reply(
      context,
      card('你发过的互助', [...lines, '解决了发 /互助 解决 编号，收回发 /互助 撤回 编号。'].join('\n\n')),
    ),
  ];
}

/** Something of one's own as a line for its owner. */
export async function ownLine(db: Db, row: HelpRow & { readonly group: string }): Promise<string> {
  const waiting = row.state === 'open' ? (await contactsWaiting(db, row.id)).length : 0;
  const where = nameOf({ id: row.groupId, name: row.group });
  const what = row.text === '' ? '' : `：${shorten(titled(row), shownWidth)}`;
  const asks = waiting > 0 ? `（${waiting} 人想联系你，回 /互助 同意 ${row.number} 或 不同意）` : '';
  return `互助第 ${row.number} 号（${where}）${helpStageNames[row.state]}${what}${asks}`;
}

/** 解决 */
export async function finish(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const row = await own(context, number);
  await step(context, row, { step: 'finish', at: context.now });
  return [reply(context, `太好了，互助第 ${number} 号收起来了。`), ...(await release(context, row))];
}

/** 续 */
export async function renew(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const after = await step(context, await own(context, number), { step: 'renew', at: context.now });
  return [reply(context, `互助第 ${number} 号接着挂，${hangsUntil(after, context.now)}。`)];
}

/** 撤回: nothing of it stays. */
export async function withdraw(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const row = await own(context, number);
  await step(context, row, { step: 'withdraw', at: context.now });
  return [reply(context, `互助第 ${number} 号撤回了，内容已经抹掉。`), ...(await release(context, row))];
}

/** 收起: the cadre takes it off the list, with a reason for its owner. */
export async function decline(
  context: ContextFor<'cadre', 'group'>,
  { number, text }: { readonly number: number; readonly text: string },
): Promise<readonly Saying[]> {
  const row = await find(context, number);
  await step(context, row, { step: 'decline', at: context.now });
  return [
    reply(context, `互助第 ${number} 号收起来了，原因已私下告诉对方。`),
    notice(row.owner, `你的互助第 ${number} 号，团干部先收起来了：${text}\n改一改还可以再发。`),
    ...(await release(context, row)),
  ];
}

/** Who still waits for the owner's word is not left without any. */
async function release({ db }: YouthHere, row: HelpRow): Promise<readonly Saying[]> {
  const sayings: Saying[] = [];
  for (const { personId } of await contactsWaiting(db, row.id))
    if (await settleContact(db, row.id, personId, 'lapsed'))
      sayings.push(notice(personId, noWordText(row.number)));
  return sayings;
}

/** What is heard by who asked to be in touch, when it is over before the owner's word. */
export function noWordText(number: number): string {
  return `互助第 ${number} 号已经收起来了，这次没对上，看看别的：/互助 列表`;
}

/** What has that number on the group's list. Throws {@link CommandFault} when there is none. */
export async function find({ db, group }: ContextFor<'anyone', 'group'>, number: number): Promise<HelpRow> {
  const row = await helpNumbered(db, group.id, number);
  if (!row) throw new CommandFault('no such help', `没有互助第 ${number} 号，发 /互助 列表 看看编号。`);
  return row;
}

/** What has that number and is the person's own. Throws {@link CommandFault}; of others' not even whose they are not is told. */
export async function own({ db, group, person }: YouthHere, number: number): Promise<HelpRow> {
  const row = await helpNumbered(db, group.id, number);
  if (row?.owner !== person.id)
    throw new CommandFault('not one’s own', `你没有互助第 ${number} 号，发 /互助 我的 看看编号。`);
  return row;
}

async function step(context: Context, before: HelpRow, what: HelpStep): Promise<HelpRow> {
  const decision = decideHelp(before, what);
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveHelp(context.db, before, decision.help)))
    throw new CommandFault('moved meanwhile', `互助第 ${before.number} 号刚刚有了变化，请再看一遍。`);
  await audit(context, `help.${what.step}`, before);
  return { ...before, ...decision.help };
}

/** Notes who posted or changed what, or asked whom. */
export async function audit(
  { db, secret, now, person }: Context,
  what: string,
  { id }: HelpRow,
): Promise<void> {
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: what,
    subject: `help:${id}`,
  });
}

/** A wish of one's own: made, signed or not, introduced, thanked for, renewed, taken back. */
import { dayMs, dayOf, startOfDay } from '../../../domain/calendar/day.ts';
import { makeWish, type WisherStep, wishStageNames } from '../../../domain/listening/wish.ts';
import { hideContacts } from '../../../domain/redaction/redact.ts';
import { isMuted } from '../../../domain/reminders/due.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { mutesOf } from '../../../prisma/store/mutes.ts';
import {
  addWish,
  confirmWishDeed,
  nextWishNumber,
  sameWish,
  type WishRow,
  wishesInHand,
  wishesOf,
  wishesSince,
  wishNumbered,
  withdrawWishDeed,
} from '../../../prisma/store/wishes.ts';
import type { ContextFor, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { card, notice, quietly, reply, toStrangers } from '../../dialogue/say.ts';
import { cryInstead } from './cry-instead.ts';
import { step, takenBackText } from './wish-claim.ts';
import { calledIn, hangsUntil, wishLine } from './wish-words.ts';

type YouthHere = ContextFor<'youth', 'group'>;
type Wanted = { readonly number: number };

/** What one person may hang in 24 hours, those that were taken back included. */
const mostADay = 5;
/** Of these the cadre is told one by one in a day. */
const toldADay = 3;
const shownAtMost = 10;

/** Hangs a wish on the wall. */
export async function make(
  context: YouthHere,
  { text }: { readonly text: string },
): Promise<readonly Saying[]> {
  const cry = await cryInstead(context, text, '这句话没有挂上墙');
  if (cry) return cry;
  const { db, group, person, now, secret, limits } = context;
  const written = hideContacts(text);
  const hidden = written === text ? '' : '\n电话、账号这些我隐去了：群里人多，等有人认领了再私下说。';
  const number = await nextWishNumber(db, group.id);
  const same = await sameWish(db, group.id, person.id, written);
  if (same)
    return [quietly(context, `这个心愿已经记下了，是第 ${same.number} 号，${wishStageNames[same.state]}。`)];
  const decision = makeWish(number, person.id, written, now, limits.wishDays);
  if (decision.kind === 'fault') throw new CommandFault('no wish', decision.say);
  const had = await wishesInHand(db, person.id, now - dayMs);
  if (had.own >= limits.wishes || had.made >= mostADay)
    throw new CommandFault(
      'too many wishes',
      had.own >= limits.wishes
        ? `你已经有 ${limits.wishes} 个心愿在等了，实现一个再许一个，大家都轮得到。`
        : '今天许得不少了，明天再来吧。急的事，发 /诉求 直接和团干部说。',
    );
  const row = await addWish(db, group.id, decision.wish, now);
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'wish.add',
    subject: `wish:${row.id}`,
  });
  return [receipt(context, row, hidden), ...(await toCadre(context, row))];
}

function receipt(context: YouthHere, row: WishRow, hidden: string): Saying {
  const { chat, group, now } = context;
  const { number } = row;
  const told = `${hangsUntil(row, now)}。有人认领，我私下告诉你。${toStrangers(context)}${hidden}`;
  if (chat.kind === 'group')
    return quietly(context, `收到，第 ${number} 号心愿挂上墙了，墙上不写名字。${told}`);
  const own = `群#${group.id} ${number}`;
  return reply(
    context,
    card(`第 ${number} 号心愿挂上墙了`, `“${row.text}”\n墙上不写名字，团干部也只看到内容。${told}`, [
      { label: '写上我的名字', command: `/心愿 署名 ${own}` },
      { label: '撤回', command: `/心愿 撤回 ${own}` },
    ]),
  );
}

/** The cadre sees the first of a day one by one; then once that there are more, and no more that day. */
async function toCadre({ db, group, now }: YouthHere, { number, text }: WishRow): Promise<readonly Saying[]> {
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  const today = await wishesSince(db, group.id, startOfDay(dayOf(now)));
  if (!cadre || today > toldADay + 1) return [];
  if (isMuted(await mutesOf(db, { cadreId: cadre.id }, now), 'wishes', now)) return [];
  const more = today > toldADay;
  const said = more ? '今天的心愿比较多，后面的不一条条打扰您了，有空发 /心愿 墙 看。' : text;
  return [
    notice(
      cadre.personId,
      card(
        `“${nameOf(group)}”的心愿墙有了第 ${number} 号`,
        `${said}\n\n力所能及的，您可以认领，也可以留给小伙伴；不合适上墙的，发 /心愿 收起 ${more ? '编号 ' : `${number} `}加原因。`,
        [
          ...(more ? [] : [{ label: '我来认领', command: `/心愿 认领 群#${group.id} ${number}` }]),
          { label: '看心愿墙', command: `/心愿 墙 群#${group.id}` },
        ],
      ),
    ),
  ];
}

/** 署名 and 不署名: whether the name stands on the wall. */
export async function sign(context: YouthHere, { number }: Wanted, yes: boolean): Promise<readonly Saying[]> {
  await take(context, number, { step: 'sign', at: context.now, yes });
  return [
    reply(
      context,
      yes
        ? `第 ${number} 号心愿写上你的名字了；不想写了，发 /心愿 不署名 ${number}。`
        : `第 ${number} 号心愿不写名字了。`,
    ),
  ];
}

/** 告诉 and 不告诉: whether the claimer learns whose wish it is. */
export async function introduce(
  context: YouthHere,
  { number }: Wanted,
  yes: boolean,
): Promise<readonly Saying[]> {
  const { db, group, now, person } = context;
  const row = await take(context, number, { step: 'introduce', at: now, yes });
  if (!yes)
    return [
      reply(context, `好的，不说。之后想说了，发 /心愿 告诉 ${number} 就行。`),
      ...toClaimer(row, stays),
    ];
  const who = await calledIn(db, group.id, person.id, now);
  return [
    reply(context, '告诉对方了，你们可以直接约时间。'),
    ...toClaimer(row, (n) => `第 ${n} 号心愿的主人愿意说了：是${who}。可以直接联系了。`),
  ];
}

function stays(number: number): string {
  return `第 ${number} 号心愿的主人想先不说是谁，话和照片我来转，东西可以放在一个地方。`;
}

/** 道谢: the thanks go to whoever fulfilled it; for the cadre's deed they are the confirmation. */
export async function thank(
  context: YouthHere,
  { number, text }: { readonly number: number; readonly text: string },
): Promise<readonly Saying[]> {
  const cry = await cryInstead(context, text, '这句话没有转给对方');
  if (cry) return cry;
  const row = await take(context, number, { step: 'thank', at: context.now, words: text });
  const confirmed = await confirmWishDeed(context.db, row, context.now);
  const vouched = confirmed
    ? '这也印证了团干部办的一件实事（只看得到几人印证，看不到是谁），想收回发 /印证 列表。'
    : '';
  const said = text === '' ? '' : `：${text}`;
  return [
    reply(context, `谢谢送到了。${vouched}`),
    ...toClaimer(row, (n) => `第 ${n} 号心愿的主人说谢谢${said || '。'}`),
  ];
}

/** 没实现: back on the wall; what was recorded as a deed is none. */
export async function reopen(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const { db, now } = context;
  const before = await own(context, number);
  await step(context, before, { step: 'reopen', at: now });
  const undone = (await withdrawWishDeed(db, before, now)) ? '先前记的那条实事也撤回了。' : '';
  return [
    reply(context, `第 ${number} 号心愿放回墙上接着等，谢谢你说一声。`),
    ...toClaimer(
      before,
      (n) => `第 ${n} 号心愿的主人说还没有实现，先放回墙上了。方便的话可以再认领，谢谢这份心意。${undone}`,
    ),
  ];
}

/** 续: the whole time once more. */
export async function renew(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const row = await take(context, number, { step: 'renew', at: context.now });
  return [reply(context, `第 ${number} 号心愿接着挂，${hangsUntil(row, context.now)}。`)];
}

/** 撤回: nothing of it stays. */
export async function withdraw(context: YouthHere, { number }: Wanted): Promise<readonly Saying[]> {
  const before = await own(context, number);
  await step(context, before, { step: 'withdraw', at: context.now });
  return [
    reply(context, `第 ${number} 号心愿撤回了，内容已经抹掉。以后有心愿，随时再来。`),
    ...(before.state === 'claimed' ? toClaimer(before, takenBackText) : []),
  ];
}

/** What one has wished for and taken on. */
export async function mine(context: ContextFor<'anyone', 'person'>): Promise<readonly Saying[]> {
  const { db, person } = context;
  const rows = await wishesOf(db, person.id, shownAtMost);
  if (rows.length === 0)
    return [reply(context, '还没有许过或认领过心愿。看大家的，发 /心愿 墙；许一个，发 /心愿 加内容。')];
  const lines = rows.map((row) => wishLine(row, person.id));
  const foot = '收回自己的，发 /心愿 撤回 编号；认领的办好了，发 /心愿 实现 编号 加一句话。';
  return [reply(context, card('许过和认领的心愿', [...lines, foot].join('\n\n')))];
}

function toClaimer({ claimer, number }: WishRow, text: (number: number) => string): readonly Saying[] {
  return claimer === undefined ? [] : [notice(claimer, text(number))];
}

async function take(context: YouthHere, number: number, what: WisherStep): Promise<WishRow> {
  return step(context, await own(context, number), what);
}

async function own({ db, group, person }: YouthHere, number: number): Promise<WishRow> {
  const row = await wishNumbered(db, group.id, number);
  // Of others’ wishes not even whose they are not is told.
  if (row?.wisher !== person.id)
    throw new CommandFault('not one’s own', `你没有第 ${number} 号心愿，发 /心愿 我的 看看编号。`);
  return row;
}

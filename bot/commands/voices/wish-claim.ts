/** Taking a wish on: claimed, given back, fulfilled with a word and a picture; the cadre takes down what has no place on the wall. */
import { dayMs, dayOf } from '../../../domain/calendar/day.ts';
import { gradeNames } from '../../../domain/deeds/kinds.ts';
import { decideWish, mostClaims, type WishStep } from '../../../domain/listening/wish.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { keepQuestion } from '../../../prisma/store/confirmations.ts';
import {
  addWishPhoto,
  moveWish,
  recordWishDeed,
  type WishRow,
  wishesInHand,
  wishNumbered,
  wishWithId,
} from '../../../prisma/store/wishes.ts';
import type { ContextFor, Question, Saying, Situation } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { addressOf } from '../../dialogue/place.ts';
import { card, notice, reply } from '../../dialogue/say.ts';
import { photoChat, photoWindowMs } from '../deeds/deed-choice.ts';
import { cryInstead } from './cry-instead.ts';
import { calledIn } from './wish-words.ts';

type Here = ContextFor<'anyone', 'group'>;
type Wanted = { readonly number: number };
type Said = { readonly number: number; readonly text: string };

/** The question before a wish is taken on: what it is, and who learns what. */
export async function askToClaim(context: Here, { number }: Wanted): Promise<Question> {
  const { db, group, person, now } = context;
  const row = await claimable(context, number);
  const you = await addressOf(context);
  const name = await calledIn(db, group.id, person.id, now);
  const whose = row.named ? '' : `；对方是谁，要对方愿意才告诉${you}`;
  return {
    text: `要认领第 ${number} 号心愿吗？\n“${row.text}”\n对方会知道是${you}（${name}）认领的${whose}。力所能及就好，办不了随时可以放回去。`,
    yes: '认领',
    no: '再想想',
    privately: true,
  };
}

/** 认领 */
export async function claim(context: Here, { number }: Wanted): Promise<readonly Saying[]> {
  const { db, group, person, now } = context;
  const before = await claimable(context, number);
  const row = await step(context, before, { step: 'claim', at: now, by: person.id });
  const who = await calledIn(db, group.id, person.id, now);
  const own = `群#${group.id} ${number}`;
  const whose = row.named
    ? `对方是${await calledIn(db, group.id, row.wisher, now)}。`
    : `问过对方愿不愿意说是谁了，有回话马上告诉${await addressOf(context)}。不知道是谁也能办：话和照片我来转，东西可以放在一个地方。`;
  const mine = card(
    `第 ${number} 号心愿认领好了`,
    `“${row.text}”\n${whose}\n办好了私聊我发 /心愿 实现 ${number} 加一句话；办不了点“放回去”，没关系的。`,
    [{ label: '放回去', command: `/心愿 放回 ${own}` }],
  );
  const theirs = row.named
    ? card(`第 ${number} 号心愿有人认领了`, `${who}认领了你的心愿“${row.text}”。`)
    : card(
        `第 ${number} 号心愿有人认领了`,
        `${who}认领了你的心愿“${row.text}”。要告诉对方你是谁吗？不说也没关系，话和照片我来转。`,
        [
          { label: '告诉对方', command: `/心愿 告诉 ${own}`, style: 'primary' },
          { label: '先不说', command: `/心愿 不告诉 ${own}` },
        ],
      );
  return [notice(person.id, mine, 'reply'), notice(row.wisher, theirs)];
}

/** 放回 */
export async function giveBack(context: Here, { number }: Wanted): Promise<readonly Saying[]> {
  const { now, person } = context;
  const before = await find(context, number);
  await step(context, before, { step: 'giveBack', at: now, by: person.id });
  return [
    reply(context, `第 ${number} 号心愿放回墙上了，没关系的，谢谢这份心意。`),
    notice(before.wisher, backText(number)),
  ];
}

/** What a wisher hears when nobody has their wish in hand any more. */
export function backText(number: number): string {
  return `你的第 ${number} 号心愿，认领的人这次没能办成，已经放回墙上接着等。急的话，直接找团干部也行。`;
}

/** What a claimer hears when the wish is no more. */
export function takenBackText(number: number): string {
  return `第 ${number} 号心愿的主人收回了，不用再办，谢谢这份心意。`;
}

/** 实现: the words go to the wisher; for the group's cadre it is a deed (办一件实事). */
export async function fulfil(context: Here, { number, text }: Said): Promise<readonly Saying[]> {
  const { db, group, now, person } = context;
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  const isCadre = cadre?.personId === person.id;
  // What a cadre says to somebody who is low is theirs to say.
  const cry = isCadre ? undefined : await cryInstead(context, text, '这句话没有转给对方');
  if (cry) return cry;
  const row = await step(context, await find(context, number), {
    step: 'fulfil',
    at: now,
    by: person.id,
    words: text,
  });
  await keepQuestion(db, {
    personId: person.id,
    chat: photoChat,
    command: `${wishPrefix}${row.id}`,
    expiresAt: now + photoWindowMs,
  });
  const own = `群#${group.id} ${number}`;
  const said = `${await calledIn(db, group.id, person.id, now)}：${text}`;
  return [
    reply(
      context,
      `告诉对方了。30 分钟内私聊发我一张照片，就一起转给对方。${isCadre ? await recordDeed(context, row, cadre.id) : ''}`,
    ),
    notice(
      row.wisher,
      card(
        `第 ${number} 号心愿实现了`,
        `${said}\n想说句谢谢，点一下，或发 /心愿 道谢 ${number} 加一句话；不说也没关系。`,
        [
          { label: '谢谢', command: `/心愿 道谢 ${own}`, style: 'primary' },
          { label: '还没实现', command: `/心愿 没实现 ${own}` },
        ],
      ),
    ),
  ];
}

async function recordDeed(context: Here, row: WishRow, cadreId: number): Promise<string> {
  const { db, now } = context;
  const number = await recordWishDeed(db, row, cadreId, { day: dayOf(now), now });
  await audit(context, 'deed.add', `wish:${row.id}`);
  return `\n已记进工作纪实第 ${number} 条（办一件实事，${gradeNames.stated}；对方道谢就是印证），不合适发 /记 撤回 ${number}。`;
}

/** What waits for a picture is a wish, not a deed: kept before its id. */
const wishPrefix = 'wish:';

/** The wish that waits for its claimer's picture, if it is one that waits. */
export async function wishOfPicture(
  { db, person }: Situation,
  waiting: string | undefined,
): Promise<WishRow | undefined> {
  if (!waiting?.startsWith(wishPrefix)) return undefined;
  const row = await wishWithId(db, Number(waiting.slice(wishPrefix.length)));
  return row?.claimer === person.id ? row : undefined;
}

/** The claimer's picture goes to the wisher. */
export async function passPicture(
  situation: Situation,
  row: WishRow,
  file: string,
): Promise<readonly Saying[]> {
  if (!(await addWishPhoto(situation.db, row, file, situation.now)))
    return [reply(situation, `第 ${row.number} 号心愿已经有一张照片了，这张没有转。`)];
  await audit(situation, 'wish.photo', `wish:${row.id}`);
  return [
    reply(situation, `照片转给第 ${row.number} 号心愿的主人了，拍摄地点等附带信息已经去掉。`),
    notice(row.wisher, { type: 'photo', file, alt: `第 ${row.number} 号心愿的照片` }),
  ];
}

/** 收起: the cadre takes down what has no place on the wall, with a reason for the wisher. */
export async function decline(
  context: ContextFor<'cadre', 'group'>,
  { number, text }: Said,
): Promise<readonly Saying[]> {
  const before = await find(context, number);
  await step(context, before, { step: 'decline', at: context.now, words: text });
  const others =
    before.claimer === undefined
      ? []
      : [notice(before.claimer, `第 ${number} 号心愿团干部收起了，不用再办，谢谢这份心意。`)];
  return [
    reply(context, `第 ${number} 号心愿收起来了，原因已私下告诉对方。`),
    notice(
      before.wisher,
      `你的第 ${number} 号心愿，团干部先收起来了：${text}\n改一改还可以再许；想当作困难和团干部说，发 /诉求 加内容。`,
    ),
    ...others,
  ];
}

/** The wish with that number. Throws {@link CommandFault} when there is none. */
async function find({ db, group }: Here, number: number): Promise<WishRow> {
  const row = await wishNumbered(db, group.id, number);
  if (!row) throw new CommandFault('no such wish', `没有第 ${number} 号心愿，发 /心愿 墙 看看编号。`);
  return row;
}

async function claimable(context: Here, number: number): Promise<WishRow> {
  const { db, person, now } = context;
  const row = await find(context, number);
  const decision = decideWish(row, { step: 'claim', at: now, by: person.id });
  if (decision.kind === 'fault') throw new CommandFault('not claimable', decision.say);
  if ((await wishesInHand(db, person.id, now - dayMs)).claimed >= mostClaims)
    throw new CommandFault(
      'enough in hand',
      `手上已经有 ${mostClaims} 个心愿在办了，先办好一个再来，谢谢这份心意。`,
    );
  return row;
}

/** Takes a step with a wish, for good; says why it cannot be taken. The wish as it is afterwards. */
export async function step(context: Here, before: WishRow, what: WishStep): Promise<WishRow> {
  const decision = decideWish(before, what, context.limits.wishDays);
  if (decision.kind === 'fault') throw new CommandFault('no such step', decision.say);
  if (!(await moveWish(context.db, before, decision.wish)))
    throw new CommandFault(
      'the wish was moved meanwhile',
      what.step === 'claim'
        ? `第 ${before.number} 号心愿刚刚有人先认领了，谢谢这份心意。发 /心愿 墙 看看别的。`
        : `第 ${before.number} 号心愿刚刚有了变化，请再看一遍。`,
    );
  await audit(context, `wish.${what.step}`, `wish:${before.id}`);
  return { ...before, ...decision.wish };
}

async function audit({ db, secret, now, person }: Situation, what: string, subject: string): Promise<void> {
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}

/**
 * A small wish (微心愿) and its life (新疆 §四.5: 力所能及地帮助他们实现“小梦想”“微心愿”; 滁州 附件2): on the wall → claimed →
 * fulfilled → thanked; taken down by the cadre with a reason, expired and renewed, or withdrawn. Nobody is left without an
 * answer: a claim that comes to nothing puts the wish back on the wall, and every end but the wisher's own is told to the
 * wisher in words.
 */
import { dayMs } from '../calendar/day.ts';
import { usualLimits } from './limits.ts';

export type WishStage = 'open' | 'claimed' | 'fulfilled' | 'thanked' | 'withdrawn' | 'expired' | 'declined';

/** Whether the claimer may know whose wish it is. */
export type Introduction = 'asked' | 'given' | 'refused';

/** A wish as far as its life goes; instants are milliseconds since the epoch. `number` counts within its group. */
export interface Wish {
  readonly number: number;
  /** Empty once it is withdrawn. */
  readonly text: string;
  readonly state: WishStage;
  readonly wisher: number;
  /** The wisher wants their name on the wall. */
  readonly named: boolean;
  readonly expiresAt: number;
  readonly claimer: number | undefined;
  readonly claimedAt: number | undefined;
  readonly introduction: Introduction | undefined;
  /** What the claimer said when it was fulfilled, or the cadre when it was taken down. */
  readonly words: string | undefined;
  readonly thanks: string | undefined;
  readonly closedAt: number | undefined;
}

/** What whoever takes a wish on does; `by` is who. */
export type ClaimerStep =
  | { readonly step: 'claim'; readonly at: number; readonly by: number }
  | { readonly step: 'giveBack'; readonly at: number; readonly by: number }
  | { readonly step: 'fulfil'; readonly at: number; readonly by: number; readonly words: string };

/** What the wisher does. */
export type WisherStep =
  | { readonly step: 'introduce'; readonly at: number; readonly yes: boolean }
  | { readonly step: 'sign'; readonly at: number; readonly yes: boolean }
  | { readonly step: 'thank'; readonly at: number; readonly words: string }
  | { readonly step: 'reopen'; readonly at: number }
  | { readonly step: 'renew'; readonly at: number }
  | { readonly step: 'withdraw'; readonly at: number };

/** What the cadre does with a wish that has no place on the wall; what time does. */
export type OtherStep =
  | { readonly step: 'decline'; readonly at: number; readonly words: string }
  | { readonly step: 'expire'; readonly at: number }
  | { readonly step: 'lapse'; readonly at: number };

export type WishStep = ClaimerStep | WisherStep | OtherStep;

/** The wish as it is after a step, or why the step cannot be taken, said to whoever takes it. */
export type WishDecision =
  | { readonly kind: 'wish'; readonly wish: Wish }
  | { readonly kind: 'fault'; readonly say: string };

/** Characters (code points) of a wish, and of what is said about it. */
export const longestWish = 200;
export const longestWords = 500;

/** After so long a claimer is asked how it goes, and after so long the wish goes back on the wall. */
export const askClaimerMs = 14 * dayMs;
export const claimLapseMs = 28 * dayMs;
/** So long before its end the cadre learns that a wish still waits. */
export const waningMs = 7 * dayMs;

/** Wishes of others that one person may have taken on at a time. */
export const mostClaims = 3;

/** The Chinese word for a stage. */
export const wishStageNames: Readonly<Record<WishStage, string>> = {
  open: '等人认领',
  claimed: '有人认领了',
  fulfilled: '实现了',
  thanked: '实现了，已道谢',
  withdrawn: '已撤回',
  expired: '到期收起',
  declined: '没有上墙',
};

/** A new wish with the next number of its group, for so many days. The text has 1 to {@link longestWish} characters after trimming. */
export function makeWish(
  number: number,
  wisher: number,
  text: string,
  at: number,
  days = usualLimits.wishDays,
): WishDecision {
  const trimmed = text.trim();
  const length = [...trimmed].length;
  if (length === 0) return fault('有什么小心愿？写在后面就行，比如：/心愿 想借一本高数教材用两周');
  if (length > longestWish) return fault(`写了 ${length} 个字，请收到 ${longestWish} 字以内。`);
  return {
    kind: 'wish',
    wish: {
      number,
      text: trimmed,
      state: 'open',
      wisher,
      named: false,
      expiresAt: at + days * dayMs,
      claimer: undefined,
      claimedAt: undefined,
      introduction: undefined,
      words: undefined,
      thanks: undefined,
      closedAt: undefined,
    },
  };
}

/**
 * The wish after a step, or why it cannot be taken. The same step delivered again changes nothing more. A wish that is put
 * back on the wall hangs for so many days.
 */
export function decideWish(wish: Wish, step: WishStep, days = usualLimits.wishDays): WishDecision {
  const which = `第 ${wish.number} 号心愿`;
  if (wish.state === 'withdrawn') return fault(`${which}已经撤回了。`);
  const to = (change: Partial<Wish>): WishDecision => ({ kind: 'wish', wish: { ...wish, ...change } });
  switch (step.step) {
    case 'claim':
    case 'giveBack':
    case 'fulfil':
      return byClaimer(wish, step, days);
    case 'decline': {
      if (wish.state !== 'open' && wish.state !== 'claimed' && wish.state !== 'expired')
        return fault(`${which}是“${wishStageNames[wish.state]}”，不用收起。`);
      const words = step.words.trim();
      if (words === '')
        return fault(`请写一句原因，对方会收到，比如：/心愿 收起 ${wish.number} 涉及买卖，请走正规渠道`);
      if ([...words].length > longestWords) return tooLong(words);
      return to({ ...unclaimed, state: 'declined', words, closedAt: step.at });
    }
    case 'expire':
      if (wish.state !== 'open' || step.at < wish.expiresAt) return fault(`${which}还不到时候。`);
      return to({ state: 'expired', closedAt: step.at });
    case 'lapse':
      if (wish.state !== 'claimed' || step.at < (wish.claimedAt ?? step.at) + claimLapseMs)
        return fault(`${which}还不到时候。`);
      return to(back(step.at, days));
    default:
      return byWisher(wish, step, days);
  }
}

const unclaimed = { claimer: undefined, claimedAt: undefined, introduction: undefined } as const;

/** On the wall again, for the whole time: the wisher has waited enough. */
function back(at: number, days: number): Partial<Wish> {
  return {
    ...unclaimed,
    state: 'open',
    expiresAt: at + days * dayMs,
    words: undefined,
    thanks: undefined,
    closedAt: undefined,
  };
}

function byClaimer(wish: Wish, step: ClaimerStep, days: number): WishDecision {
  const which = `第 ${wish.number} 号心愿`;
  const { state } = wish;
  if (step.step === 'claim') {
    if (step.by === wish.wisher) return fault(`${which}就是你自己的，留给别人来认领吧。`);
    if (state === 'claimed' && wish.claimer === step.by)
      return fault(`${which}已经认领过了，办好了私聊我发 /心愿 实现 ${wish.number} 加一句话。`);
    if (state === 'claimed') return fault(`${which}刚刚有人先认领了，谢谢这份心意。发 /心愿 墙 看看别的。`);
    if (state !== 'open')
      return fault(`${which}是“${wishStageNames[state]}”，不用认领了，谢谢这份心意。发 /心愿 墙 看看别的。`);
    const introduction = wish.named ? 'given' : 'asked';
    return {
      kind: 'wish',
      wish: { ...wish, state: 'claimed', claimer: step.by, claimedAt: step.at, introduction },
    };
  }
  if (wish.claimer !== step.by) return fault(`手上没有第 ${wish.number} 号心愿，发 /心愿 我的 看看编号。`);
  if (state !== 'claimed') return fault(`${which}已经办好了，谢谢。`);
  if (step.step === 'giveBack') return { kind: 'wish', wish: { ...wish, ...back(step.at, days) } };
  const words = step.words.trim();
  if (words === '')
    return fault(`请写一句话告诉对方，比如：/心愿 实现 ${wish.number} 书放在一楼服务台，报编号就能取`);
  if ([...words].length > longestWords) return tooLong(words);
  return { kind: 'wish', wish: { ...wish, state: 'fulfilled', words, closedAt: step.at } };
}

function byWisher(wish: Wish, step: WisherStep, days: number): WishDecision {
  const which = `第 ${wish.number} 号心愿`;
  const { state } = wish;
  const to = (change: Partial<Wish>): WishDecision => ({ kind: 'wish', wish: { ...wish, ...change } });
  switch (step.step) {
    case 'introduce':
      if (wish.introduction === undefined) return fault(`${which}还没有人认领，没有要告诉的人。`);
      // What was told cannot be taken back.
      if (wish.introduction === 'given' && !step.yes) return fault(`${which}已经告诉对方你是谁了。`);
      return to({ introduction: step.yes ? 'given' : 'refused' });
    case 'sign':
      if (state !== 'open') return fault(`${which}是“${wishStageNames[state]}”，不在墙上。`);
      return to({ named: step.yes });
    case 'thank': {
      if (state === 'thanked') return fault(`${which}已经谢过啦。`);
      if (state !== 'fulfilled') return fault(`${which}还没有实现，先不用谢。`);
      const thanks = step.words.trim();
      return [...thanks].length > longestWords ? tooLong(thanks) : to({ state: 'thanked', thanks });
    }
    case 'reopen':
      if (state !== 'fulfilled' && state !== 'thanked') return fault(`${which}没有说过实现，不用重开。`);
      return to(back(step.at, days));
    case 'renew':
      if (state !== 'open' && state !== 'expired')
        return fault(`${which}是“${wishStageNames[state]}”，不用续。想许新的，发 /心愿 加内容。`);
      return to(back(step.at, days));
    case 'withdraw':
      return to({
        ...unclaimed,
        state: 'withdrawn',
        text: '',
        named: false,
        words: undefined,
        thanks: undefined,
        closedAt: step.at,
      });
  }
}

function tooLong(words: string): WishDecision {
  return fault(`写了 ${[...words].length} 个字，请收到 ${longestWords} 字以内。`);
}

function fault(say: string): WishDecision {
  return { kind: 'fault', say };
}

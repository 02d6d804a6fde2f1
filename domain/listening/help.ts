/**
 * Mutual help (互助) among youths: a request or an offer of skills, study or things. They find each other themselves; the bot
 * only asks whoever posted it whether their name may be given. Nobody is ranked or rated. Whoever asks hears yes, no, or
 * that no word came.
 */
import { dayMs } from '../calendar/day.ts';

/** 求 and 供. */
export type Direction = 'wanted' | 'offered';
export type HelpStage = 'open' | 'done' | 'withdrawn' | 'expired' | 'declined';

/** A request or an offer as far as its life goes; instants are milliseconds since the epoch. */
export interface Help {
  readonly number: number;
  readonly direction: Direction;
  /** Empty once it is withdrawn. */
  readonly text: string;
  readonly state: HelpStage;
  readonly owner: number;
  readonly expiresAt: number;
  readonly closedAt: number | undefined;
}

export type HelpStep =
  | { readonly step: 'finish'; readonly at: number }
  | { readonly step: 'renew'; readonly at: number }
  | { readonly step: 'withdraw'; readonly at: number }
  | { readonly step: 'decline'; readonly at: number }
  | { readonly step: 'expire'; readonly at: number };

export type HelpDecision =
  | { readonly kind: 'help'; readonly help: Help }
  | { readonly kind: 'fault'; readonly say: string };

/** `asked`: the owner has not said yet; `given`: both know each other; `refused`; `lapsed`: no word came. */
export type ContactState = 'asked' | 'given' | 'refused' | 'lapsed';

/** Characters (code points). */
export const longestHelp = 200;
/** How long it stays on the list: a default of ours. It can be renewed. */
export const helpDays = 30;
/** How long the owner has to say whether their name may be given. */
export const contactLapseMs = 7 * dayMs;
/** What one person may have on the list, and whom they may ask in 24 hours. */
export const mostHelps = 3;
export const mostContactsADay = 5;

export const directionNames: Readonly<Record<Direction, string>> = { wanted: '求', offered: '供' };
export const helpStageNames: Readonly<Record<HelpStage, string>> = {
  open: '在列',
  done: '解决了',
  withdrawn: '已撤回',
  expired: '到期收起',
  declined: '没有列出',
};

/** A new request or offer with the next number of its group. */
export function makeHelp(
  number: number,
  owner: number,
  { direction, text }: { readonly direction: Direction; readonly text: string },
  at: number,
): HelpDecision {
  const trimmed = text.trim();
  const length = [...trimmed].length;
  if (length === 0)
    return fault('求什么，或者能帮什么？比如：/互助 求 四级听力资料，/互助 供 周末教打羽毛球');
  if (length > longestHelp) return fault(`写了 ${length} 个字，请收到 ${longestHelp} 字以内。`);
  return {
    kind: 'help',
    help: {
      number,
      direction,
      text: trimmed,
      state: 'open',
      owner,
      expiresAt: at + helpDays * dayMs,
      closedAt: undefined,
    },
  };
}

/** It as it is after a step, or why the step cannot be taken. */
export function decideHelp(help: Help, step: HelpStep): HelpDecision {
  const which = `互助第 ${help.number} 号`;
  const { state } = help;
  const to = (change: Partial<Help>): HelpDecision => ({ kind: 'help', help: { ...help, ...change } });
  if (state === 'withdrawn') return fault(`${which}已经撤回了。`);
  switch (step.step) {
    case 'renew':
      if (state === 'declined') return fault(`${which}没有列出，改一改再发一条吧。`);
      return to({ state: 'open', expiresAt: step.at + helpDays * dayMs, closedAt: undefined });
    case 'withdraw':
      return to({ state: 'withdrawn', text: '', closedAt: step.at });
    case 'expire':
      if (state !== 'open' || step.at < help.expiresAt) return fault(`${which}还不到时候。`);
      return to({ state: 'expired', closedAt: step.at });
    case 'finish':
    case 'decline':
      if (state !== 'open') return fault(`${which}是“${helpStageNames[state]}”，已经不在列表里。`);
      return to({ state: step.step === 'finish' ? 'done' : 'declined', closedAt: step.at });
  }
}

/** Why somebody cannot ask to be in touch; undefined where they can. `before`: what came of their asking earlier. */
export function faultOfAsking(
  help: Help,
  personId: number,
  before: ContactState | undefined,
): string | undefined {
  const which = `互助第 ${help.number} 号`;
  if (help.state !== 'open') return `${which}已经不在列表里了，发 /互助 列表 看看别的。`;
  if (help.owner === personId) return `${which}就是你自己发的。`;
  if (before === 'asked') return `${which}已经替你问过了，正在等对方回话，有回话马上告诉你。`;
  if (before === 'given') return `${which}的对方已经同意了，名字私下告诉过你。`;
  if (before === 'refused') return `${which}的对方这次不方便，看看别的吧。`;
  return undefined;
}

function fault(say: string): HelpDecision {
  return { kind: 'fault', say };
}

/** Words of money and of what must not be traded: a hint is said, and the cadre looks; nothing is refused for them. */
const money =
  /借钱|贷款|网贷|花呗|白条|转账|转钱|红包|押金|定金|返利|返现|刷单|兼职|日结|代写|代考|替考|代课|代签|代跑|验证码|身份证|银行卡|充值|虚拟币|中介费/u;

/** Whether a text is about money or about what must not be traded. */
export function soundsLikeMoney(text: string): boolean {
  return money.test(text.normalize('NFKC').replace(/\s+/gu, ''));
}

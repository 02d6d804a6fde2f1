/**
 * How fast the account may speak (docs/wechat.md): one message at a time, at a person's pace. WeChat warns and bans
 * accounts that do not. All pure: times in milliseconds come in, an instant comes out.
 */

export interface Pace {
  /** Between two messages, at random within. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** Added when the chat changes. */
  readonly switchMs: number;
  readonly perMinute: number;
  readonly perDay: number;
  /** For so many days after the account's first login pauses are `newFactor` times as long, and the day's number so much less. */
  readonly newDays: number;
  readonly newFactor: number;
  /** How long nothing is sent after the platform said “too often”. */
  readonly stopMs: number;
}

export const safePace: Pace = {
  leastMs: 2_000,
  mostMs: 6_000,
  switchMs: 2_000,
  perMinute: 20,
  perDay: 300,
  newDays: 7,
  newFactor: 2,
  stopMs: 600_000,
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** What has been sent, as far as it decides about the next. */
export interface Sends {
  /** Begins of the sends of the last day, oldest first. */
  readonly at: readonly number[];
  readonly lastChat: string | undefined;
  /** When the account logged in for the first time. */
  readonly firstLogin: number | undefined;
  /** Nothing before this instant: the platform said “too often”. */
  readonly stoppedUntil: number;
}

export const nothingSent: Sends = { at: [], lastChat: undefined, firstLogin: undefined, stoppedUntil: 0 };

/** The earliest instant for a send to a chat; `random` in [0, 1). Not before `now`. */
export function nextSend(sends: Sends, chat: string, now: number, pace: Pace, random: number): number {
  const factor = isNew(sends, now, pace) ? pace.newFactor : 1;
  const recent = sends.at.filter((at) => at > now - day);
  const last = recent.at(-1);
  const pause = (pace.leastMs + random * (pace.mostMs - pace.leastMs)) * factor;
  const change = last !== undefined && sends.lastChat !== chat ? pace.switchMs * factor : 0;
  return Math.max(
    now,
    sends.stoppedUntil,
    last === undefined ? now : Math.ceil(last + pause + change),
    freeAt(recent, pace.perMinute, minute),
    freeAt(recent, perDayNow(sends, now, pace), day),
  );
}

/** How many may be sent in a day as things are: fewer over a new account. */
export function perDayNow(sends: Sends, now: number, pace: Pace): number {
  return Math.max(1, Math.floor(pace.perDay / (isNew(sends, now, pace) ? pace.newFactor : 1)));
}

/** The sends after one more, without those that no longer matter. */
export function sent(sends: Sends, chat: string, at: number): Sends {
  return { ...sends, lastChat: chat, at: [...sends.at.filter((other) => other > at - day), at] };
}

/** The sends after the platform said “too often”. */
export function stopped(sends: Sends, now: number, pace: Pace): Sends {
  return { ...sends, stoppedUntil: Math.max(sends.stoppedUntil, now + pace.stopMs) };
}

function isNew({ firstLogin }: Sends, now: number, pace: Pace): boolean {
  return firstLogin === undefined || now < firstLogin + pace.newDays * day;
}

/** When fewer than `most` of the sends lie within the last `span`. */
function freeAt(at: readonly number[], most: number, span: number): number {
  const oldest = at[at.length - most];
  return oldest === undefined ? 0 : oldest + span + 1;
}

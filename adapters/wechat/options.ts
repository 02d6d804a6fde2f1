import type { Notice } from '../adapter.ts';
import type { Log } from './log.ts';
import type { Pace } from './pace.ts';
import type { Wire } from './process.ts';

/** All in milliseconds. */
export interface Timing {
  /** A request to the server is given up. */
  readonly callMs: number;
  /** First pause before something is tried again; it doubles up to `longestPauseMs`. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** The server is asked for news at most so often. */
  readonly pollMs: number;
  /** Longer without a sync, and what was said meanwhile counts as not heard: the server holds its answer for 25 s. */
  readonly silenceMs: number;
  /** A send that would have to wait longer is given back, to be tried then. */
  readonly patienceMs: number;
  /** How often the bot says how long it has been listening. */
  readonly beatMs: number;
  /** The WeChat process has so long to end. */
  readonly stopMs: number;
  /** An event that the sink did not take is tried again after so long, then longer. */
  readonly retryMs: number;
}

export const usualTiming: Timing = {
  callMs: 40_000,
  pauseMs: 1_000,
  longestPauseMs: 60_000,
  pollMs: 500,
  silenceMs: 45_000,
  patienceMs: 60_000,
  beatMs: 30_000,
  stopMs: 5_000,
  retryMs: 500,
};

export interface WechatOptions {
  /** Which of several accounts this is; a name of the operator's own. */
  readonly account: string;
  /** Absolute path of the folder for session, journal and state. */
  readonly folder: string;
  /** The npm package of the puppet; `wechaty-puppet-wechat4u` by default. */
  readonly puppet?: string | undefined;
  readonly puppetOptions?: Readonly<Record<string, unknown>> | undefined;
  readonly pace?: Partial<Pace> | undefined;
  /** Reminders are said, too. */
  readonly reminders?: boolean | undefined;
  readonly now: () => number;
  /** In [0, 1); for the pauses. */
  readonly random?: (() => number) | undefined;
  readonly log: Log;
  readonly timing?: Partial<Timing> | undefined;
  /** Starts the WeChat process; by fork unless told otherwise. */
  readonly open?: (() => Wire) | undefined;
  /** A new code to scan, and whether it was scanned. */
  readonly onScan?: ((link: string, scanned: boolean) => void) | undefined;
  /** Something the operator should know. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}

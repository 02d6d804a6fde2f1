/** What the bot's process and the stand-in platform, its parent, tell each other. */
import type { PlatformEvent } from '../../adapters/adapter.ts';

export type ToBot =
  /** Begin to work on the database. */
  | {
      readonly type: 'go';
      readonly databaseUrl: string;
      readonly removesDuplicates: boolean;
      /** What the bot's clock shows now; milliseconds. */
      readonly now: number;
    }
  | { readonly type: 'event'; readonly delivery: number; readonly event: PlatformEvent }
  | { readonly type: 'took'; readonly send: number; readonly outcome: 'sent' | 'retry' };

export type FromBot =
  | { readonly type: 'loaded' | 'listening' | 'ended' }
  | { readonly type: 'settled'; readonly delivery: number; readonly taken: boolean }
  | {
      readonly type: 'send';
      readonly send: number;
      readonly key: string;
      readonly chat: string;
      readonly text: string;
    };

/** The account that the bot has on the stand-in platform. */
export const account = { platform: 'stand-in', name: 'bot' };

import { z } from 'zod';
import type { Notice } from '../adapter.ts';
import { FeishuError } from './errors.ts';
import { texts } from './texts.ts';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** How events arrive. Feishu serves both; Lark (larksuite.com) the webhook, and the long connection where its console offers it. */
export type Mode =
  | { readonly kind: 'long-connection' }
  | {
      readonly kind: 'webhook';
      readonly verificationToken: string;
      readonly encryptKey: string;
      readonly host: string;
      /** 0 takes a free one. */
      readonly port: number;
      readonly path: string;
    };

/** All in milliseconds unless said otherwise. */
export interface Timing {
  /** A call to Feishu is given up. */
  readonly callMs: number;
  /** An upload is given up. */
  readonly uploadMs: number;
  /** Looking up whom a quote quotes, or what a new group is called, holds an event up at most so long. */
  readonly quoteMs: number;
  /** An event that is not durable by then is answered with a failure, so that Feishu delivers it again (it waits 3 s). */
  readonly answerMs: number;
  /** First pause before an event that the sink did not take is tried again; it doubles up to 30 s. */
  readonly retryMs: number;
  /** First pause before connecting again; it doubles up to `reconnectMostMs`. */
  readonly reconnectMs: number;
  readonly reconnectMostMs: number;
  readonly handshakeMs: number;
  /** A ping without any answer for so long means the connection is dead. Whole seconds to the SDK. */
  readonly pongMs: number;
  /** How often the connection is looked at. */
  readonly pollMs: number;
  /** How often the bot says how long it has been listening. */
  readonly beatMs: number;
  /** How often the granted scopes are looked at. */
  readonly scopesMs: number;
  /** Members of a group are known for so long, and read again at most once in `namesPauseMs`. */
  readonly namesMs: number;
  readonly namesPauseMs: number;
}

const timing: Timing = {
  callMs: 10_000,
  uploadMs: 60_000,
  quoteMs: 800,
  answerMs: 2_500,
  retryMs: 500,
  reconnectMs: 1_000,
  reconnectMostMs: 60_000,
  handshakeMs: 15_000,
  pongMs: 15_000,
  pollMs: 1_000,
  beatMs: 30_000,
  scopesMs: 3_600_000,
  namesMs: 6 * 3_600_000,
  namesPauseMs: 60_000,
};

/** Calls allowed: in one chat a second, of the app a second and a minute (Feishu's documents). */
export interface Limits {
  readonly chatPerSecond: number;
  readonly perSecond: number;
  readonly perMinute: number;
}

const limits: Limits = { chatPerSecond: 5, perSecond: 50, perMinute: 1_000 };

export interface FeishuOptions {
  readonly appId: string;
  readonly appSecret: string;
  /** `https://open.feishu.cn` by default; `https://open.larksuite.com`, or any URL. */
  readonly domain?: string | undefined;
  /** The long connection by default. */
  readonly mode?: Mode | undefined;
  /** The clock, milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
  readonly timing?: Partial<Timing> | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Told when Feishu is out of reach, and when it is back; `start` included. */
  readonly onNotice?: ((notice: Notice) => void) | undefined;
  /**
   * Until when an earlier run has been listening, milliseconds: `start` fetches what was said since, where the scope
   * allows, and only then claims that time. At most three days are fetched.
   */
  readonly heardUntil?: number | undefined;
}

export interface Settings {
  readonly appId: string;
  readonly appSecret: string;
  /** Without a slash at its end. */
  readonly domain: string;
  readonly mode: Mode;
  readonly now: () => number;
  readonly log: Log;
  readonly timing: Timing;
  readonly limits: Limits;
  readonly heardUntil: number | undefined;
}

const domainShape = z.url({ protocol: /^https?$/ });

/** Fills the defaults in and checks what a person typed. Throws {@link FeishuError} with a plain Chinese sentence. */
export function settingsOf(options: FeishuOptions): Settings {
  const appId = options.appId.trim();
  const appSecret = options.appSecret.trim();
  const domain = (options.domain ?? 'https://open.feishu.cn').trim().replace(/\/+$/, '');
  const mode = options.mode ?? { kind: 'long-connection' };
  const fault = (message: string, forPerson: string): FeishuError =>
    new FeishuError(`feishu: settings: ${message}`, { forPerson });
  if (!/^cli_[0-9a-fA-F]{16}$/.test(appId)) throw fault('app id of a wrong shape', texts.appIdBad);
  if (appSecret === '') throw fault('app secret missing', texts.appSecretMissing);
  if (!domainShape.safeParse(domain).success) throw fault('domain is no URL', texts.domainBad);
  if (mode.kind === 'webhook' && (mode.encryptKey === '' || mode.verificationToken === '')) {
    throw fault('encrypt key or verification token missing', texts.webhookKeysMissing);
  }
  return {
    appId,
    appSecret,
    domain,
    mode,
    now: options.now,
    log: options.log,
    timing: { ...timing, ...options.timing },
    limits: { ...limits, ...options.limits },
    heardUntil: options.heardUntil,
  };
}

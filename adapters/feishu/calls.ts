import { z } from 'zod';
import { answerError, FeishuError, isStaleToken } from './errors.ts';
import type { Limiter } from './limiter.ts';
import type { Http } from './sdk.ts';
import { texts } from './texts.ts';

export interface Call<T> {
  /** What it does, for the log. */
  readonly what: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly path: string;
  readonly params?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON; a form is sent as such. */
  readonly data?: object | FormData;
  /** The `data` of the answer (of the answer itself where `bare`). */
  readonly answer: z.ZodType<T>;
  /** Where the answer's fields stand beside `code`. */
  readonly bare?: boolean;
  /** The chat that the call counts for. */
  readonly chat?: string;
  readonly timeoutMs?: number;
}

const envelope = z.looseObject({ code: z.int(), data: z.unknown().optional() });
const tokenAnswer = z.object({ tenant_access_token: z.string().min(1), expire: z.number() });

/** A token is renewed so long before it ends. */
const earlyMs = 3 * 60_000;

/**
 * Calls to Feishu's API: one token for all, a limit to their pace, an end to their time, and an error for every code
 * other than 0. Throws {@link FeishuError}, which carries neither token nor text.
 */
export class Calls {
  readonly #http: Http;
  readonly #domain: string;
  readonly #credentials: { readonly appId: string; readonly appSecret: string };
  readonly #limiter: Limiter;
  readonly #now: () => number;
  #token: { readonly value: string; readonly until: number } | undefined;
  #fetching: Promise<string> | undefined;

  constructor(parts: {
    readonly http: Http;
    readonly domain: string;
    readonly appId: string;
    readonly appSecret: string;
    readonly limiter: Limiter;
    readonly now: () => number;
  }) {
    this.#http = parts.http;
    this.#domain = parts.domain;
    this.#credentials = { appId: parts.appId, appSecret: parts.appSecret };
    this.#limiter = parts.limiter;
    this.#now = parts.now;
  }

  /** Makes a call. A token that Feishu no longer takes is fetched anew, once. */
  async call<T>(call: Call<T>): Promise<T> {
    const token = await this.token();
    try {
      return await this.#once(call, token);
    } catch (error) {
      if (!(error instanceof FeishuError) || error.code === undefined || !isStaleToken(error.code))
        throw error;
      if (this.#token?.value === token) this.#token = undefined;
      return this.#once(call, await this.token());
    }
  }

  /**
   * The picture or file of a message, at most so many bytes. A token that is out of date makes it fail; it is renewed for the
   * next attempt.
   */
  async resource(
    messageId: string,
    key: string,
    type: 'image' | 'file',
    atMost: number,
  ): Promise<Uint8Array> {
    const what = 'message resource';
    const token = await this.token();
    await this.#limiter.take(undefined).catch(() => {
      throw new FeishuError(`feishu: ${what}: stopped`, { outcome: 'retry', forPerson: texts.stopped });
    });
    let body: unknown;
    try {
      body = await this.#http.request({
        method: 'GET',
        url: `${this.#domain}/open-apis/im/v1/messages/${encodeURIComponent(messageId)}/resources/${encodeURIComponent(key)}`,
        params: { type },
        headers: { Authorization: `Bearer ${token}` },
        responseType: 'arraybuffer',
      });
    } catch (error) {
      if (this.#token?.value === token) this.#token = undefined;
      const status = responseOf(error)?.status;
      throw new FeishuError(`feishu: ${what}: ${status ? `HTTP ${status}` : networkCode(error)}`, {
        outcome: 'retry',
        forPerson: texts.unreachable,
      });
    }
    const bytes = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
    if (!(bytes instanceof Uint8Array) || bytes.byteLength > atMost)
      throw new FeishuError(`feishu: ${what}: nothing of at most ${atMost} bytes`, {
        outcome: 'refused',
        forPerson: texts.badAnswer,
      });
    return bytes;
  }

  /** The token of now; calls that need a new one share its request. */
  token(): Promise<string> {
    if (this.#token && this.#token.until > this.#now()) return Promise.resolve(this.#token.value);
    this.#fetching ??= this.#fetchToken().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchToken(): Promise<string> {
    const { appId, appSecret } = this.#credentials;
    const { tenant_access_token, expire } = await this.#once({
      what: 'token',
      method: 'POST',
      path: '/open-apis/auth/v3/tenant_access_token/internal',
      data: { app_id: appId, app_secret: appSecret },
      answer: tokenAnswer,
      bare: true,
    }).catch((error: unknown) => {
      // Whether a token was given out or not: what it was wanted for has not been done.
      if (!(error instanceof FeishuError) || error.outcome !== 'unknown') throw error;
      const { message, code, forPerson } = error;
      throw new FeishuError(message, { code, forPerson, outcome: 'retry' });
    });
    // A token of a short life is used for half of it.
    const life = Math.max(expire * 1_000 - earlyMs, (expire * 1_000) / 2);
    this.#token = { value: tenant_access_token, until: this.#now() + life };
    return tenant_access_token;
  }

  async #once<T>(call: Call<T>, token?: string): Promise<T> {
    try {
      await this.#limiter.take(call.chat);
    } catch {
      throw new FeishuError(`feishu: ${call.what}: stopped`, { outcome: 'retry', forPerson: texts.stopped });
    }
    const answered = await this.#answer(call, token);
    const parsed = envelope.safeParse(answered.body);
    if (!parsed.success) throw this.#unreadable(call.what, answered.status);
    const { code, data } = parsed.data;
    const { resetMs } = answered;
    if (code !== 0 || (answered.status ?? 200) >= 400) {
      const error = answerError(call.what, code, answered.status, resetMs);
      if (error.outcome === 'retry' && error.afterMs !== undefined) {
        this.#limiter.pause(error.afterMs, code === 230020 ? call.chat : undefined);
      }
      throw error;
    }
    const result = call.answer.safeParse(call.bare ? answered.body : (data ?? {}));
    if (!result.success) throw this.#unreadable(call.what, answered.status);
    return result.data;
  }

  /** No JSON of Feishu's: a gateway spoke, or something on the way cut the answer. */
  #unreadable(what: string, status: number | undefined): FeishuError {
    const afterMs = status === 429 ? 1_000 : undefined;
    if (afterMs !== undefined) this.#limiter.pause(afterMs);
    return new FeishuError(`feishu: ${what}: answer not understood${status ? `, HTTP ${status}` : ''}`, {
      outcome: status === 429 ? 'retry' : 'unknown',
      afterMs,
      forPerson: texts.badAnswer,
    });
  }

  async #answer<T>(call: Call<T>, token: string | undefined): Promise<Answered> {
    const form = call.data instanceof FormData;
    try {
      const { data, headers } = await this.#http.request<{ data: unknown; headers: unknown }>({
        method: call.method,
        url: `${this.#domain}${call.path}`,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(form || call.data === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
        },
        ...(call.params ? { params: call.params } : {}),
        ...(call.data === undefined ? {} : { data: call.data }),
        ...(call.timeoutMs === undefined ? {} : { timeout: call.timeoutMs }),
        $return_headers: true,
      });
      return { body: data, status: undefined, resetMs: resetOf(headers) };
    } catch (error) {
      const response = responseOf(error);
      if (response) return response;
      throw new FeishuError(`feishu: ${call.what}: no answer (${networkCode(error)})`, {
        outcome: neverSent.has(networkCode(error)) ? 'retry' : 'unknown',
        forPerson: texts.unreachable,
      });
    }
  }
}

interface Answered {
  readonly body: unknown;
  readonly status: number | undefined;
  readonly resetMs: number | undefined;
}

/** Faults that come before anything was sent. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function networkCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'unknown fault';
}

const failed = z.object({
  response: z.object({ status: z.number(), data: z.unknown(), headers: z.unknown() }),
});

function responseOf(error: unknown): Answered | undefined {
  const parsed = failed.safeParse(error);
  if (!parsed.success) return undefined;
  const { status, data, headers } = parsed.data.response;
  return { body: data, status, resetMs: resetOf(headers) };
}

/** The pause that Feishu asks for, in milliseconds; at most five minutes of it are believed. */
function resetOf(headers: unknown): number | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-ogw-ratelimit-reset')?.[1];
  const seconds = Number(value ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 300) * 1_000 : undefined;
}

import type * as Lark from '@larksuiteoapi/node-sdk';
import type { Log } from './options.ts';

export type Sdk = typeof Lark;

/** The SDK's way of calling over HTTP. */
export type Http = NonNullable<ConstructorParameters<Sdk['WSClient']>[0]['httpInstance']>;

/** Loads the official SDK: 30 MB and 0.1 s that only a bot on Feishu pays for. */
export async function loadSdk(): Promise<Sdk> {
  return import('@larksuiteoapi/node-sdk');
}

/** Nothing that Feishu answers is larger. */
const largestAnswer = 20 * 1024 * 1024;

type Call = Parameters<Http['request']>[0];

/**
 * The SDK's HTTP with an end to every call, and without the proxy of the environment on loopback. `timeoutMs` holds
 * where a call brings none of its own. `seen` is shown every answer's body.
 */
export function httpOf(
  sdk: Sdk,
  domain: string,
  timeoutMs: number,
  seen?: (url: string, body: unknown) => void,
): Http {
  // The instance answers with the body, by an interceptor that its type does not tell of.
  const base = sdk.defaultHttpInstance as Http;
  const loopback = /^https?:\/\/(127\.|localhost[:/]|\[::1\])/.test(`${domain}/`);
  const request = async (call: Call): Promise<unknown> => {
    const timeout = call.timeout ?? timeoutMs;
    const body = await base.request({
      ...call,
      timeout,
      // The time-out of axios is one of silence: a body that drips in would outlive it.
      ...{ signal: AbortSignal.timeout(timeout), maxContentLength: largestAnswer, maxBodyLength: Infinity },
      ...(loopback ? { proxy: false } : {}),
    });
    seen?.(call.url ?? '', body);
    return body;
  };
  const by =
    (method: string) =>
    (url: string, call?: Call): Promise<unknown> =>
      request({ ...call, method, url });
  const withBody =
    (method: string) =>
    (url: string, data?: unknown, call?: Call): Promise<unknown> =>
      request({ ...call, method, url, data });
  return {
    request,
    get: by('get'),
    delete: by('delete'),
    head: by('head'),
    options: by('options'),
    post: withBody('post'),
    put: withBody('put'),
    patch: withBody('patch'),
  } as Http;
}

/**
 * A logger for the SDK, whose lines carry message texts, tokens and addresses with tickets: only the beginning of a
 * line up to the first mark that can introduce such a thing is kept, with numbers and ids that are named.
 * `alive` is called when a line says that the far side answered a ping.
 */
export function sdkLogger(log: Log, alive: () => void = () => undefined) {
  const quiet = (): void => undefined;
  return {
    error: (...words: unknown[]): void => log.warn({}, `feishu sdk: ${redacted(words)}`),
    warn: (...words: unknown[]): void => log.warn({}, `feishu sdk: ${redacted(words)}`),
    info: quiet,
    debug: quiet,
    trace: (...words: unknown[]): void => {
      if (words.flat().includes('receive pong')) alive();
    },
  };
}

function redacted(words: readonly unknown[]): string {
  return words
    .flat()
    .map((word) => {
      if (typeof word !== 'string') return word instanceof Error ? word.name : typeof word;
      const head = word.split(/[:;"'{<]|https?|wss?:/)[0]?.slice(0, 80) ?? '';
      const named = [...word.matchAll(/\b(code|message_id|trace_id|sum|seq): ?([\w-]{1,80})/g)];
      return [head.trim(), ...named.map(([, name, value]) => `${name}=${value}`)].join(' ');
    })
    .join(' ');
}

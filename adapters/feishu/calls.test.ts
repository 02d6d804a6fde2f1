import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Calls } from './calls.ts';
import type { Limiter } from './limiter.ts';
import type { Http } from './sdk.ts';

const hour = 3_600_000;
const anything = z.unknown();

describe('calls of the API', () => {
  let now: number;
  let tokens: number;
  let pauses: [ms: number, chat: string | undefined][];
  let sent: (string | undefined)[];
  let answer: () => { status?: number; body: unknown; reset?: string };
  let tokenLife: number;
  let tokenFault: string | undefined;

  const failed = (status: number, data: unknown, reset?: string) =>
    Object.assign(new Error('failed'), {
      response: { status, data, headers: reset === undefined ? {} : { 'X-Ogw-RateLimit-Reset': reset } },
    });
  const http = {
    request: async (call: { url?: string; headers?: { Authorization?: string } }) => {
      if (call.url?.endsWith('/tenant_access_token/internal')) {
        if (tokenFault !== undefined) throw Object.assign(new Error('cut'), { code: tokenFault });
        tokens++;
        return {
          data: { code: 0, tenant_access_token: `t-${tokens}`, expire: tokenLife / 1_000 },
          headers: {},
        };
      }
      sent.push(call.headers?.Authorization);
      const { status, body, reset } = answer();
      if (status !== undefined) throw failed(status, body, reset);
      return { data: body, headers: {} };
    },
  } as unknown as Http;
  const limiter = {
    take: async () => undefined,
    pause: (ms: number, chat?: string) => pauses.push([ms, chat]),
  } as unknown as Limiter;

  const make = () =>
    new Calls({
      http,
      domain: 'http://feishu',
      appId: 'cli_1',
      appSecret: 's',
      limiter,
      now: () => now,
    });
  const call = (calls: Calls) =>
    calls.call({ what: 'send', method: 'POST', path: '/x', chat: 'oc_1', answer: anything });

  beforeEach(() => {
    now = 0;
    tokens = 0;
    pauses = [];
    sent = [];
    tokenLife = 2 * hour;
    tokenFault = undefined;
    answer = () => ({ body: { code: 0, data: {} } });
  });

  it('a token is used until three minutes before its end, then fetched before the call', async () => {
    const calls = make();
    await call(calls);
    now = 2 * hour - 180_001;
    await call(calls);
    now = 2 * hour - 179_999;
    await call(calls);
    expect(sent).toEqual(['Bearer t-1', 'Bearer t-1', 'Bearer t-2']);
  });

  it('a token of a short life is used for half of it', async () => {
    tokenLife = 60_000;
    const calls = make();
    await call(calls);
    now = 29_999;
    await call(calls);
    now = 30_001;
    await call(calls);
    expect(sent).toEqual(['Bearer t-1', 'Bearer t-1', 'Bearer t-2']);
  });

  it('a token whose answer was lost leaves nothing in doubt: nothing was done with it', async () => {
    tokenFault = 'ECONNRESET';
    await expect(call(make())).rejects.toMatchObject({ outcome: 'retry' });
    expect(sent).toEqual([]);
  });

  it('a stale token is tried anew once, not for ever', async () => {
    answer = () => ({ status: 400, body: { code: 99991663 } });
    await expect(call(make())).rejects.toMatchObject({ code: 99991663, outcome: 'retry' });
    expect(sent).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  it.each([
    ['the app', 429, { code: 99991400 }, '3', 3_000, undefined],
    ['one chat', 400, { code: 230020 }, '2', 2_000, 'oc_1'],
    ['the app, by a gateway', 429, '<html>', undefined, 1_000, undefined],
    ['the app, without saying how long', 429, { code: 99991400 }, undefined, 1_000, undefined],
    ['no longer than five minutes', 429, { code: 99991400 }, '86400', 300_000, undefined],
    ['as long as usual, where it says nonsense', 429, { code: 99991400 }, 'soon', 1_000, undefined],
    ['as long as usual, where it says less than nothing', 429, { code: 99991400 }, '-5', 1_000, undefined],
  ])('a pause that is asked for holds for %s', async (_what, status, body, reset, afterMs, chat) => {
    answer = () => ({ status, body, ...(reset === undefined ? {} : { reset }) });
    await expect(call(make())).rejects.toMatchObject({ outcome: 'retry', afterMs });
    expect(pauses).toEqual([[afterMs, chat]]);
  });

  it('another fault pauses nothing', async () => {
    answer = () => ({ status: 400, body: { code: 230002 }, reset: '9' });
    await expect(call(make())).rejects.toMatchObject({ outcome: 'refused' });
    answer = () => ({ status: 502, body: '<html>' });
    await expect(call(make())).rejects.toMatchObject({ outcome: 'unknown' });
    expect(pauses).toEqual([]);
  });
});

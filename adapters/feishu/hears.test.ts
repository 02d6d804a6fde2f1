import { beforeEach, describe, expect, it } from 'vitest';
import type { PlatformEvent } from '../adapter.ts';
import type { Api } from './api.ts';
import { FeishuError } from './errors.ts';
import { Hears } from './hears.ts';
import { logLines } from './testing.ts';

const dayMs = 86_400_000;
const refusal = (code: number, outcome: 'refused' | 'retry' = 'refused') =>
  new FeishuError(`code ${code}`, { code, outcome, forPerson: '' });

describe('whether the app hears all, or only what mentions it', () => {
  let now: number;
  let granted: ReadonlySet<string> | FeishuError;
  let history: FeishuError | undefined;
  let groups: { id: string }[];
  let told: PlatformEvent[];
  let takes: boolean;
  let log: ReturnType<typeof logLines>;
  let hears: Hears;

  beforeEach(() => {
    // 2026-09-02 15:00 in Asia/Shanghai.
    now = Date.parse('2026-09-02T15:00:00+08:00');
    granted = new Set(['im:message.group_msg', 'im:chat']);
    history = undefined;
    groups = [{ id: 'oc_1' }];
    told = [];
    takes = true;
    log = logLines();
    const api = {
      scopes: async () => {
        if (granted instanceof FeishuError) throw granted;
        return granted;
      },
      groups: async () => groups,
      history: async () => {
        if (history) throw history;
        return true;
      },
    } as unknown as Api;
    hears = new Hears({ api, appId: 'cli_1', now: () => now, log: log.log });
  });
  const sink = async (event: PlatformEvent): Promise<void> => {
    if (!takes) throw new Error('not taken');
    told.push(event);
  };
  const found = async () => {
    await hears.look();
    return hears.state;
  };

  it.each([
    [['im:message.group_msg'], 'all'],
    [['im:message.group_msg:readonly'], 'all'],
    [['im:message.group_at_msg:readonly', 'im:message'], 'mentions'],
  ])('with the scopes %j it hears %s', async (scopes, state) => {
    granted = new Set(scopes);
    expect(await found()).toBe(state);
  });

  it('where the scopes are not told, a group’s history tells', async () => {
    granted = new Set();
    expect(await found()).toBe('all');
    history = refusal(230027);
    expect(await found()).toBe('mentions');
    granted = refusal(99991672);
    expect(await found()).toBe('mentions');
    groups = [];
    expect(await found()).toBe('all');
  });

  it('what cannot be found out stays as it was', async () => {
    granted = refusal(99991400, 'retry');
    expect(await found()).toBeUndefined();
    granted = new Set(['im:chat']);
    expect(await found()).toBe('mentions');
    granted = new Set();
    history = refusal(230002);
    expect(await found()).toBe('mentions');
  });

  it('tells the operator in plain words when it becomes deaf, and again when it does so again', async () => {
    const words = () =>
      log.lines.filter((line) => line.startsWith('error') && line.includes('开通 im:message.group_msg'));
    granted = new Set(['im:chat']);
    await found();
    await found();
    expect(words()).toHaveLength(1);
    granted = new Set(['im:message.group_msg']);
    await found();
    granted = new Set(['im:chat']);
    await found();
    expect(words()).toHaveLength(2);
  });

  it('tells the bot once a day of Asia/Shanghai, and again what it did not take', async () => {
    granted = new Set(['im:chat']);
    await found();
    takes = false;
    await hears.tell(sink);
    takes = true;
    await hears.tell(sink);
    now = Date.parse('2026-09-02T23:59:59+08:00');
    await hears.tell(sink);
    expect(told).toHaveLength(1);
    now = Date.parse('2026-09-03T00:00:00+08:00');
    await hears.tell(sink);
    const day = Math.floor(Date.parse('2026-09-02T00:00:00Z') / dayMs);
    expect(told.map((event) => event.type === 'deaf' && event.id)).toEqual([
      `deaf/cli_1/${day}`,
      `deaf/cli_1/${day + 1}`,
    ]);
    granted = new Set(['im:message.group_msg']);
    await found();
    now += dayMs;
    await hears.tell(sink);
    expect(told).toHaveLength(2);
  });
});

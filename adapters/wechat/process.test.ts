import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { forkWechat, WechatProcess } from './process.ts';
import type { FromChild } from './protocol.ts';

const hungry = fileURLToPath(new URL('../../tests/wechat/hungry-child.mjs', import.meta.url));
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let running: WechatProcess | undefined;
afterEach(() => running?.stop(100));

function start(env: NodeJS.ProcessEnv = process.env) {
  const told: FromChild[] = [];
  const died = vi.fn();
  running = new WechatProcess({
    open: () => forkWechat(env, hungry),
    order: {
      type: 'start',
      puppet: 'none',
      puppetOptions: {},
      folder: '/',
      timing: { callMs: 1, pauseMs: 1, longestPauseMs: 1, pollMs: 1 },
    },
    take: (message) => told.push(message),
    died,
    log: silent,
    pauseMs: 10,
    longestPauseMs: 50,
  });
  running.start();
  const starts = () =>
    told.map((message) =>
      message.type === 'scan' ? (JSON.parse(message.link) as { pid: number; secrets: string[] }) : undefined,
    );
  return { process: running, died, starts };
}

it('that eats memory ends at its own limit, is started anew, and what it was sending is uncertain', async () => {
  const { process: wechat, died, starts } = start();
  await vi.waitFor(() => expect(starts()).toHaveLength(1), 10_000);
  const sending = wechat.call((call) => ({
    type: 'send',
    call,
    to: 'room',
    content: { kind: 'text', text: '你好', mentions: [] },
  }));
  await expect(sending).rejects.toMatchObject({ outcome: 'uncertain' });
  expect(died).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(starts()).toHaveLength(2), 10_000);
  expect(starts()[1]?.pid).not.toBe(starts()[0]?.pid);
}, 60_000);

it('is given none of the bot’s secrets', async () => {
  const { starts } = start({
    ...process.env,
    LIANQING_SECRET: 'a',
    FEISHU_APP_SECRET: 'b',
    OPENAI_API_KEY: 'c',
  });
  await vi.waitFor(() => expect(starts()).toEqual([{ pid: expect.any(Number), secrets: [] }]), 10_000);
});

it('that will not end is ended, and not started again', async () => {
  const { process: wechat, died, starts } = start();
  await vi.waitFor(() => expect(starts()).toHaveLength(1), 10_000);
  await wechat.stop(50);
  expect(died).not.toHaveBeenCalled();
  expect(() => process.kill(starts()[0]?.pid ?? 0, 0)).toThrow('ESRCH');
});

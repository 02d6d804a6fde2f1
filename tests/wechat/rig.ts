/** The real adapter, the real process and the unmodified stack, on the stand-in; only times are compressed. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { WechatOptions } from '../../adapters/wechat/options.ts';
import { forkWechat, type Wire } from '../../adapters/wechat/process.ts';
import { listener, noPace, quick } from '../../adapters/wechat/testing.ts';
import { createWechat, type WechatAdapter } from '../../adapters/wechat/wechat.ts';
import { FakeWechat } from './server.ts';

const here = import.meta.dirname;
const childFile = join(here, 'dist', 'adapters', 'wechat', 'child.js');

/** Compiles the WeChat process; to be called before all tests of a file. */
export function compileChild(): void {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin',
    'tsc',
  );
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', here, '--noCheck'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stdout);
}

export interface Rig {
  readonly wechat: FakeWechat;
  readonly folder: string;
  /** Sentences to the operator, oldest first. */
  readonly notices: string[];
  /** Codes shown, oldest first. */
  readonly codes: string[];
  /** Whether every code is scanned as soon as it is shown. */
  scanning: boolean;
  /** The running WeChat process. */
  wire(): Wire;
  adapter(more?: Partial<WechatOptions>): WechatAdapter;
  /** Starts an adapter, and waits until it is logged in and in step. */
  online(sink?: ReturnType<typeof listener>, more?: Partial<WechatOptions>): Promise<Running>;
  close(): Promise<void>;
}

export interface Running {
  readonly adapter: WechatAdapter;
  readonly bot: ReturnType<typeof listener>;
}

/** A school of a cadre, some youths and one group. */
export async function openRig(size = 3): Promise<Rig> {
  const wechat = new FakeWechat();
  await wechat.start();
  wechat.world.person('zhang', '张晓', true);
  const youths = Array.from({ length: size - 1 }, (_, i) => wechat.world.person(`y${i}`, `同学${i}`).uid);
  wechat.world.room('one', '软件一班', ['zhang', ...youths]);
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-wechat-'));
  const open: WechatAdapter[] = [];
  let wire: Wire | undefined;
  const rig: Rig = {
    wechat,
    folder,
    notices: [],
    codes: [],
    scanning: true,
    wire() {
      if (!wire) throw new Error('no process');
      return wire;
    },
    adapter(more = {}) {
      const adapter = createWechat({
        account: 'test',
        folder,
        now: Date.now,
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        open: () => {
          wire = forkWechat({ ...process.env, ...wechat.network.env }, childFile);
          return wire;
        },
        onScan(link, scanned) {
          if (scanned) return;
          const uuid = link.split('/').at(-1) ?? '';
          if (rig.codes.at(-1) === uuid) return;
          rig.codes.push(uuid);
          if (rig.scanning) void wechat.login.scan(uuid).catch(() => undefined);
        },
        onNotice: ({ text }) => rig.notices.push(text),
        ...more,
        pace: { ...noPace, ...more.pace },
        timing: { ...quick, ...more.timing },
      });
      open.push(adapter);
      return adapter;
    },
    async online(bot = listener(), more = {}) {
      const adapter = rig.adapter(more);
      await adapter.start(bot.sink);
      await until(() => adapter.status().heardAt !== undefined, 'the login');
      return { adapter, bot };
    },
    async close() {
      for (const adapter of open) await adapter.stop();
      await wechat.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

/** Settles when something is so; fails after a while. */
export async function until(isSo: () => boolean, what: string, withinMs = 20_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The running program: settings → database → adapters → clock; drains on the first signal, ends on the second. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adapter } from '../adapters/adapter.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { type Bot, startBot } from './bot.ts';
import { type Clock, sandboxClock, systemClock } from './clock.ts';
import { openFeishu } from './feishu.ts';
import { createLog, type Log } from './log.ts';
import { keepHeapSmall } from './memory.ts';
import { openModel } from './model/open.ts';
import { Photos } from './photos/photos.ts';
import { openSandbox } from './sandbox.ts';
import { loadSecret, type Secret } from './secret.ts';
import type { FeishuSettings, Settings } from './settings.ts';
import { openWechat } from './wechat.ts';
import { loadCalendar } from './work-calendar.ts';

/** Starts the program and resolves when it is working. `say` prints a line for the person at the terminal. */
export async function main(settings: Settings, say: (line: string) => void): Promise<void> {
  keepHeapSmall();
  const log = createLog(settings.logLevel);
  await mkdir(settings.dataDir, { recursive: true });
  const calendar = await loadCalendar(settings.dataDir);
  const secret = await loadSecret(settings.dataDir, settings.secret);
  const database = await openDatabase(settings.databaseUrl);
  let bots: readonly Bot[] = [];
  const { clock, adapters, greeting } = await openPlatforms(settings, {
    database,
    secret,
    log,
    tick: async () => {
      await Promise.all(bots.map((bot) => bot.tick()));
    },
    say,
  });

  const model = settings.model && (await openModel(settings.model, { database, clock, log }));

  const leaving = new AbortController();
  const shared = {
    database,
    clock,
    secret,
    log,
    photos: new Photos(join(settings.dataDir, 'photos')),
    calendar,
    helpLines: settings.helpLines,
    limits: settings.limits,
    remindersPerWeek: settings.remindersPerWeek,
    model,
  };
  let isWaiting = false;
  const hearing = {
    waiting: () => {
      if (!isWaiting) say('另一个联青正在用这份数据：等它停下，这里就接着来。（按 Ctrl+C 放弃）');
      isWaiting = true;
    },
    lost: () => process.kill(process.pid, 'SIGTERM'),
    signal: leaving.signal,
  };
  const starting = adapters.map((adapter) => startBot({ ...shared, adapter }, hearing));
  let signals = 0;
  const stop = async () => {
    if (++signals > 1) process.exit(1);
    say('正在收尾：把听到的处理完，把该说的说完……（再按一次立即结束）');
    leaving.abort();
    try {
      const started = await Promise.allSettled(starting);
      const stopped = await Promise.allSettled(
        started.map(async (one) => one.status === 'fulfilled' && one.value.stop()),
      );
      for (const one of stopped) if (one.status === 'rejected') throw one.reason;
      await database.close();
    } catch (fault) {
      log.error({ err: fault }, 'the program could not end as it should');
      say('没能好好收尾就结束了。已经确认过的内容不会丢，下次启动会接着处理。');
      process.exit(1);
    }
    say('已经停下，什么都没有丢。');
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  try {
    bots = await Promise.all(starting);
  } catch (fault) {
    // Asked to stop before it had begun: that ends the process.
    if (leaving.signal.aborted) return;
    throw fault;
  }
  if (leaving.signal.aborted) return;
  for (const line of greeting()) say(line);
}

interface Platforms {
  readonly adapters: readonly Adapter[];
  readonly clock: Clock;
  /** What the person at the terminal is told when all is up. */
  greeting(): readonly string[];
}

/** Feishu and WeChat, whichever are set; otherwise the sandbox with its clock to move. */
async function openPlatforms(
  settings: Settings,
  parts: {
    database: Database;
    secret: Secret;
    log: Log;
    tick: () => Promise<void>;
    say: (line: string) => void;
  },
): Promise<Platforms> {
  const { database, log, say, tick } = parts;
  if (!settings.feishu && !settings.wechat) {
    const clock = sandboxClock(settings.dataDir);
    const adapter = await openSandbox({ settings, clock, ...parts });
    return {
      adapters: [adapter],
      clock,
      greeting: () => [
        `联青已经启动，请在浏览器里打开沙盒：${adapter.url}`,
        '沙盒里的一切只在这台电脑上。按 Ctrl+C 停下。',
      ],
    };
  }
  const feishu = settings.feishu && (await openFeishu(settings.feishu, database, log));
  const wechat =
    settings.wechat && (await openWechat(settings, settings.wechat, database, log, say, () => void tick()));
  return {
    adapters: [feishu, wechat].filter((adapter) => adapter !== undefined),
    clock: systemClock,
    greeting: () => [
      ...(settings.feishu && feishu ? feishuGreeting(settings.feishu, feishu.port) : []),
      ...(wechat
        ? [
            `联青已经启动，微信的登录状态和二维码在：${wechat.url}`,
            '登录之后，把机器人的微信拉进群，再请团干部在群里发 /绑定。',
          ]
        : []),
      '按 Ctrl+C 停下。',
    ],
  };
}

function feishuGreeting({ appId, webhook }: FeishuSettings, port: number | undefined): readonly string[] {
  return [
    `联青已经启动，已连上飞书应用 ${appId}${webhook ? `，在 ${webhook.host}:${port}${webhook.path} 接收事件` : ''}。`,
    '把机器人拉进群，它会自我介绍。',
  ];
}

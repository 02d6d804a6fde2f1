/** The running program: settings → database → adapter → clock; drains on the first signal, ends on the second. */
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
import type { Settings } from './settings.ts';
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
  let bot: Bot | undefined;
  const platform = await openPlatform(settings, {
    database,
    secret,
    log,
    tick: async () => bot?.tick(),
    say,
  });

  const model = settings.model && (await openModel(settings.model, { database, clock: platform.clock, log }));

  const leaving = new AbortController();
  const starting = startBot(
    {
      database,
      ...platform,
      secret,
      log,
      photos: new Photos(join(settings.dataDir, 'photos')),
      calendar,
      helpLines: settings.helpLines,
      limits: settings.limits,
      remindersPerWeek: settings.remindersPerWeek,
      model,
    },
    {
      waiting: () => say('另一个联青正在用这份数据：等它停下，这里就接着来。（按 Ctrl+C 放弃）'),
      lost: () => process.kill(process.pid, 'SIGTERM'),
      signal: leaving.signal,
    },
  );
  let signals = 0;
  const stop = async () => {
    if (++signals > 1) process.exit(1);
    say('正在收尾：把听到的处理完，把该说的说完……（再按一次立即结束）');
    leaving.abort();
    try {
      await (await starting.catch(() => undefined))?.stop();
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
    bot = await starting;
  } catch (fault) {
    // Asked to stop before it had begun: that ends the process.
    if (leaving.signal.aborted) return;
    throw fault;
  }
  if (leaving.signal.aborted) return;
  for (const line of platform.greeting()) say(line);
}

interface Platform {
  readonly adapter: Adapter;
  readonly clock: Clock;
  /** What the person at the terminal is told when all is up. */
  greeting(): readonly string[];
}

/** Feishu or WeChat where it is set, otherwise the sandbox with its clock to move. */
async function openPlatform(
  settings: Settings,
  parts: {
    database: Database;
    secret: Secret;
    log: Log;
    tick: () => Promise<void>;
    say: (line: string) => void;
  },
): Promise<Platform> {
  if (settings.feishu) {
    const { appId, webhook } = settings.feishu;
    const adapter = await openFeishu(settings.feishu, parts.database, parts.log);
    return {
      adapter,
      clock: systemClock,
      greeting: () => [
        `联青已经启动，已连上飞书应用 ${appId}${webhook ? `，在 ${webhook.host}:${adapter.port}${webhook.path} 接收事件` : ''}。`,
        '把机器人拉进群，它会自我介绍；按 Ctrl+C 停下。',
      ],
    };
  }
  if (settings.wechat) {
    const adapter = await openWechat(settings, settings.wechat, parts.database, parts.log, parts.say);
    return {
      adapter,
      clock: systemClock,
      greeting: () => [
        `联青已经启动，微信的登录状态和二维码在：${adapter.url}`,
        '登录之后，把机器人的微信拉进群，再请团干部在群里发 /绑定；按 Ctrl+C 停下。',
      ],
    };
  }
  const clock = sandboxClock(settings.dataDir);
  const adapter = await openSandbox({ settings, clock, ...parts });
  return {
    adapter,
    clock,
    greeting: () => [
      `联青已经启动，请在浏览器里打开沙盒：${adapter.url}`,
      '沙盒里的一切只在这台电脑上。按 Ctrl+C 停下。',
    ],
  };
}

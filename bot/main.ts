/** The running program: settings → database → adapters → clock; drains on the first signal, ends on the second. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Notice } from '../adapters/adapter.ts';
import type { Sandbox } from '../adapters/sandbox/sandbox.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { type Bot, startBot } from './bot.ts';
import { type Clock, sandboxClock, systemClock } from './clock.ts';
import { feishuPlatform } from './feishu.ts';
import { createLog, type Log } from './log.ts';
import { keepHeapSmall } from './memory.ts';
import { openModel } from './model/open.ts';
import { OperatorLine } from './operator.ts';
import { Photos } from './photos/photos.ts';
import { type Platform, startPlatforms } from './platform.ts';
import { openSandbox } from './sandbox.ts';
import { loadSecret, type Secret } from './secret.ts';
import type { Settings } from './settings.ts';
import { Troubles } from './troubles.ts';
import { wechatPlatform } from './wechat.ts';
import { loadCalendar } from './work-calendar.ts';

/** Starts the program and resolves when it is working. `say` prints a line for the person at the terminal. */
export async function main(settings: Settings, say: (line: string) => void): Promise<void> {
  keepHeapSmall();
  const log = createLog(settings.logLevel);
  await mkdir(settings.dataDir, { recursive: true });
  const calendar = await loadCalendar(settings.dataDir);
  const secret = await loadSecret(settings.dataDir, settings.secret);
  const database = await openDatabase(settings.databaseUrl);
  const bots: Bot[] = [];
  const said = () => {
    for (const bot of bots) bot.wake();
  };
  const troubles = new Troubles(log, say);
  const { clock, platforms } = await openPlatforms(settings, {
    database,
    secret,
    log,
    tick: async () => {
      await Promise.all(bots.map((bot) => bot.tick()));
    },
    said,
    say,
    troubles,
  });

  const model = settings.model && (await openModel(settings.model, { database, clock, log }));

  const leaving = new AbortController();
  const { signal } = leaving;
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
    said,
  };
  let isWaiting = false;
  const hearing = {
    waiting: () => {
      if (!isWaiting) say('另一个联青正在用这份数据：等它停下，这里就接着来。（按 Ctrl+C 放弃）');
      isWaiting = true;
    },
    lost: () => process.kill(process.pid, 'SIGTERM'),
    signal,
  };
  const starting = startPlatforms(platforms, {
    start: (adapter) => startBot({ ...shared, adapter }, hearing),
    started(platform, bot) {
      bots.push(bot);
      troubles.over(platform);
      if (signal.aborted) return;
      for (const line of platform.greeting()) say(line);
      if (bots.length === 1) say('按 Ctrl+C 停下。');
    },
    failed: (platform, fault) => troubles.failed(platform, fault),
    signal,
  });
  let signals = 0;
  const stop = async () => {
    if (++signals > 1) process.exit(1);
    say('正在收尾：把听到的处理完，把该说的说完……（再按一次立即结束）');
    leaving.abort();
    try {
      await Promise.allSettled([starting]);
      for (const one of await Promise.allSettled(bots.map((bot) => bot.stop())))
        if (one.status === 'rejected') throw one.reason;
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
  await starting;
}

/** Feishu and WeChat, whichever are set; otherwise the sandbox with its clock to move. */
async function openPlatforms(
  settings: Settings,
  parts: {
    database: Database;
    secret: Secret;
    log: Log;
    tick: () => Promise<void>;
    said: () => void;
    say: (line: string) => void;
    troubles: Troubles;
  },
): Promise<{ readonly platforms: readonly Platform[]; readonly clock: Clock }> {
  const { database, log, say, said, troubles } = parts;
  if (!settings.feishu && !settings.wechat) {
    const clock = sandboxClock(settings.dataDir);
    return { platforms: [sandboxPlatform(await openSandbox({ settings, clock, ...parts }))], clock };
  }
  const lineOf = (platform: string, account: string) =>
    new OperatorLine({
      database,
      platform,
      account,
      webhook: settings.operatorWebhook,
      now: () => systemClock.now(),
      log,
      said,
    });
  const platforms: Platform[] = [];
  if (settings.feishu) {
    const operator = lineOf('feishu', settings.feishu.appId);
    const heard = (notice: Notice) => troubles.heard('飞书', notice);
    platforms.push(await feishuPlatform(settings.feishu, { database, log, operator, heard }));
  }
  if (settings.wechat) {
    const operator = lineOf('wechat', settings.wechat.account);
    const beside = () => troubles.now();
    platforms.push(wechatPlatform(settings, settings.wechat, { database, log, operator, say, beside }));
  }
  return { platforms, clock: systemClock };
}

function sandboxPlatform(sandbox: Sandbox): Platform {
  return {
    name: '沙盒',
    open: async () => sandbox,
    greeting: () => [`联青已经启动，请在浏览器里打开沙盒：${sandbox.url}`, '沙盒里的一切只在这台电脑上。'],
    // Nobody but the person at the terminal has to know.
    tell: () => undefined,
  };
}

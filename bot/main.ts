/** The running program: settings → database → adapter → clock; drains on the first signal, ends on the second. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../prisma/database.ts';
import { type Bot, startBot } from './bot.ts';
import { MovableClock } from './clock.ts';
import { createLog } from './log.ts';
import { openSandbox } from './sandbox.ts';
import { loadSecret } from './secret.ts';
import type { Settings } from './settings.ts';

/** Starts the program and resolves when it is working. `say` prints a line for the person at the terminal. */
export async function main(settings: Settings, say: (line: string) => void): Promise<void> {
  const log = createLog(settings.logLevel);
  await mkdir(settings.dataDir, { recursive: true });
  const secret = await loadSecret(settings.dataDir, settings.secret);
  const database = await openDatabase(settings.databaseUrl);
  const clock = new MovableClock(join(settings.dataDir, 'clock.json'));
  let bot: Bot | undefined;
  const tick = async () => bot?.tick();
  const adapter = await openSandbox({ settings, database, clock, secret, log, tick });

  const leaving = new AbortController();
  const starting = startBot(
    { database, adapter, clock, secret, log },
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
  say(`联青已经启动，请在浏览器里打开沙盒：${adapter.url}`);
  say('沙盒里的一切只在这台电脑上。按 Ctrl+C 停下。');
}

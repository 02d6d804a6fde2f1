/**
 * The program under random faults for many minutes: `soak.js [minutes]`. The stand-in Feishu is this process, the bot
 * a child of it on a SQLite file; ends with code 1 when anything was lost, done twice or left over.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../prisma/database.ts';
import { type FakeFeishu, startFeishu } from '../tests/feishu/server.ts';
import { bindGroups } from '../tests/support/bound-groups.ts';
import { randomFrom } from '../tests/support/random.ts';
import { Mischief } from './soak-faults.ts';
import { bound, daysBack, School } from './soak-school.ts';
import { faultsOf, unfinished, watchInbox } from './soak-verdict.ts';

const perSecond = 30;
const restartEveryMs = 90_000;
const sampleMs = 10_000;
const secondsLeft = 300;

/** A life of the bot: how it ended, and its memory in MB every ten seconds. */
interface Life {
  readonly memory: number[];
  end: string;
}

class Bot {
  readonly lives: Life[] = [];
  readonly #env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #feishu: FakeFeishu;
  #process: ChildProcess | undefined;

  constructor(feishu: FakeFeishu, folder: string, databaseUrl: string) {
    this.#feishu = feishu;
    this.#folder = folder;
    this.#env = {
      PATH: process.env.PATH,
      // Half a month's demands come within half an hour.
      DEMANDS_PER_DAY: '50',
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      LIANQING_SECRET: 'a secret that protects nothing at all',
      FEISHU_APP_ID: feishu.app.appId,
      FEISHU_APP_SECRET: feishu.app.appSecret,
      FEISHU_DOMAIN: feishu.url,
    };
    process.on('exit', () => this.#process?.kill('SIGKILL'));
  }

  async start(): Promise<void> {
    const log = await open(join(this.#folder, 'bot.log'), 'a');
    const program = join(import.meta.dirname, 'soak-bot.js');
    const child = spawn(process.execPath, [program], { env: this.#env, stdio: ['ignore', log.fd, log.fd] });
    await log.close();
    this.lives.push({ memory: [], end: '' });
    this.#process = child;
    child.once('exit', (code, signal) => {
      const life = this.lives.at(-1);
      if (life) life.end ||= `ended by itself (${code ?? signal})`;
    });
    await this.#feishu.connected(1, 90_000);
  }

  sample(): void {
    try {
      const status = readFileSync(`/proc/${this.#process?.pid}/status`, 'utf8');
      const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]);
      if (kilobytes > 0) this.lives.at(-1)?.memory.push(Math.round(kilobytes / 1024));
    } catch {
      // Between two lives.
    }
  }

  /** Ends it; gives the exit code, null when killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.#process;
    const life = this.lives.at(-1);
    if (!child || !life || life.end !== '') return null;
    life.end = signal;
    const exit = once(child, 'exit', { signal: AbortSignal.timeout(120_000) });
    child.kill(signal);
    const [code] = await exit;
    if (signal === 'SIGTERM' && code !== 0) life.end = `SIGTERM, exit code ${code}`;
    return code;
  }
}

const minutes = Number(process.argv.slice(2).find((word) => Number(word) > 0) ?? 30);
const seed = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000);
const random = randomFrom(seed);
const folder = await mkdtemp(join(tmpdir(), 'lianqing-soak-'));
const dated: { at: number | undefined } = { at: undefined };
const feishu = await startFeishu({
  clock: () => dated.at ?? Date.now(),
  random,
  redeliverAfterMs: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, ...Array<number>(20).fill(60_000)],
  duplicateChance: 0.03,
  shuffleMs: 200,
  clientConfig: { PingInterval: 20 },
});
const school = new School(feishu, random, dated);
const mischief = new Mischief(feishu, random);
const databaseUrl = `file:${join(folder, 'soak.db')}`;
const database = await openDatabase(databaseUrl);
await bindGroups(
  database,
  { platform: 'feishu', name: feishu.app.appId },
  bound,
  Date.now() - (daysBack + 1) * 86_400_000,
);
await watchInbox(database);
const bot = new Bot(feishu, folder, databaseUrl);
console.log(`${minutes} minutes, seed ${seed}, ${perSecond} messages a second, in ${folder}`);
await bot.start();

const faults: string[] = [];
const noteFault = (fault: unknown) => faults.push(String(fault));
const began = performance.now();
const ending = began + minutes * 60_000;
let due = began;
const timers = [
  setInterval(() => {
    for (; due < performance.now(); due += 1_000 / perSecond) school.speaks();
  }, 20),
  setInterval(() => void school.pressesButton().catch(noteFault), 3_000),
  setInterval(() => bot.sample(), sampleMs),
  setInterval(() => tell(), 60_000),
];
mischief.start();

// Restarts in the first half; one life in the second, to see its memory.
const half = minutes * 30_000;
const restarts = Math.max(2, Math.round(half / restartEveryMs));
for (let n = 1; n <= restarts; n++) {
  await pause(Math.max(0, began + (half * n) / (restarts + 0.5) - performance.now()));
  await bot.end(n % 2 === 0 ? 'SIGTERM' : 'SIGKILL');
  await bot.start();
}
await pause(Math.max(0, ending - performance.now()));
for (const timer of timers.slice(0, 2)) clearInterval(timer);
mischief.stop();
console.log('no more faults, no more messages');
await Promise.race([feishu.delivery.idle(), pause(secondsLeft * 1_000, undefined, { ref: false })]);
for (let n = 0; n < secondsLeft && (await unfinished(database)) > 0; n++) await pause(1_000);
const code = await bot.end('SIGTERM');
for (const timer of timers) clearInterval(timer);
tell();

faults.push(...(await faultsOf(database, school)));
if (code !== 0) faults.push(`the last exit code is ${code}`);
for (const { end } of bot.lives) if (end !== 'SIGTERM' && end !== 'SIGKILL') faults.push(`a life: ${end}`);
if (school.gaveUp > 0) faults.push(`${school.gaveUp} messages were given up by Feishu`);
console.log(
  JSON.stringify(
    {
      minutes: Math.round((performance.now() - began) / 6_000) / 10,
      seed,
      written: school.written,
      acknowledged: school.acknowledged,
      presence: school.totals.presence.size,
      addresses: school.totals.addresses.size,
      commands: school.asked.length,
      presses: school.pressed.length,
      failedPresses: school.failedPresses,
      saidByBot: school.saidByBot.length,
      connections: feishu.connections.accepted,
      did: Object.fromEntries(mischief.done),
      struck: Object.fromEntries(feishu.faults.struck),
      refusedForRate: feishu.limits.refused,
      lives: bot.lives,
      faults: faults.slice(0, 50),
      faultCount: faults.length,
    },
    undefined,
    1,
  ),
);
await database.close();
await feishu.stop();
if (faults.length === 0) rmSync(folder, { recursive: true });
process.exit(faults.length === 0 ? 0 : 1);

function tell(): void {
  const life = bot.lives.at(-1);
  console.log(
    `${Math.round((performance.now() - began) / 1_000)} s: ${school.written} written, ${school.acknowledged} acknowledged, ` +
      `${school.saidByBot.length} said, life ${bot.lives.length}, ${life?.memory.at(-1)} MB`,
  );
}

/** The intake at work: one process, one SQLite file, from `accept` to the acknowledgement. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sink } from '../adapters/adapter.ts';
import { Intake } from '../bot/intake/intake.ts';
import { keepHeapSmall } from '../bot/memory.ts';
import { secretOf } from '../bot/secret.ts';
import { isCommand } from '../domain/presence/substantive.ts';
import { openDatabase } from '../prisma/database.ts';
import { bindGroups } from '../tests/support/bound-groups.ts';
import { Totals } from '../tests/support/totals.ts';
import { firstMorning, groupCount, groupName, memberName, messagesADay, Stream } from './stream.ts';

const seed = 20260302;

/** So many messages with at most `inFlight` unacknowledged, and after them so many at `perSecond` on average. */
export interface Load {
  readonly messages: number;
  readonly inFlight: number;
  readonly paced?: { readonly messages: number; readonly perSecond: number } | undefined;
}

export interface IntakeResult {
  /** Of the first part, commands apart; seconds, and how many of them making the stream took, measured apart. */
  readonly ordinary: number;
  readonly seconds: number;
  readonly making: number;
  /** Of the first part: microseconds of processor a message; resident memory in MB, at twenty moments. */
  readonly cpu: number;
  readonly memory: readonly number[];
  /** Of the second part: from when a message was due to its acknowledgement, in milliseconds, sorted. */
  readonly latencies: readonly number[];
}

/** Runs a load on a new database; throws when the database does not hold what a plain count of the stream gives. */
export async function runIntake(load: Load): Promise<IntakeResult> {
  keepHeapSmall();
  const making = makingOf(load.messages);
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  const database = await openDatabase(`file:${join(folder, 'bench.db')}`);
  try {
    const accountId = await bindGroups(database, account, groups, firstMorning - 3_600_000);
    const all = load.messages + (load.paced?.messages ?? 0);
    const end = firstMorning + Math.ceil(all / messagesADay) * 86_400_000;
    const { accept } = new Intake({
      database,
      accountId,
      secret: secretOf('for tests'),
      now: () => end,
      heardSomething() {},
    });
    const stream = new Stream(seed);
    const [cpu, started] = [process.cpuUsage(), performance.now()];
    const { ordinary, memory } = await closedLoop(accept, stream, load);
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const latencies = load.paced ? await openLoop(accept, stream, load.paced) : [];
    await totalsOf(all).compare(database);
    return { ordinary, seconds, making, cpu: (user + system) / load.messages, memory, latencies };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

const account = { platform: 'bench', name: 'bench' };
const groups = Array.from({ length: groupCount }, (_, g) => ({
  group: groupName(g),
  cadre: memberName(g, 0),
}));

/** As many as allowed at once; the next one as soon as one is acknowledged. */
function closedLoop(
  accept: Sink,
  stream: Stream,
  { messages, inFlight }: Load,
): Promise<{ ordinary: number; memory: number[] }> {
  const memory: number[] = [];
  const everySo = Math.ceil(messages / 20);
  let [given, acknowledged, ordinary] = [0, 0, 0];
  return new Promise((resolve, reject) => {
    const give = () => {
      const event = stream.next();
      given++;
      if (!isCommandText(event.text)) ordinary++;
      accept(event).then(taken, reject);
    };
    const taken = () => {
      acknowledged++;
      if (acknowledged % everySo === 0) memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
      if (given < messages) give();
      else if (acknowledged === messages) resolve({ ordinary, memory });
    };
    for (let n = 0; n < inFlight; n++) give();
  });
}

/** The stream's own commands, told from its other texts at no cost. */
function isCommandText(text: string): boolean {
  return (text.includes('/') || text.includes('／')) && isCommand(text);
}

/** At random moments, so many a second, however long an acknowledgement takes. Looks for what is due every millisecond. */
function openLoop(
  accept: Sink,
  stream: Stream,
  { messages, perSecond }: { readonly messages: number; readonly perSecond: number },
): Promise<number[]> {
  const latencies: number[] = [];
  let given = 0;
  let due = performance.now();
  return new Promise((resolve, reject) => {
    const look = () => {
      while (given < messages && due <= performance.now()) {
        const since = due;
        given++;
        accept(stream.next()).then(() => {
          latencies.push(performance.now() - since);
          if (latencies.length === messages) resolve(latencies.sort((a, b) => a - b));
        }, reject);
        due += (-Math.log(1 - Math.random()) * 1000) / perSecond;
      }
      if (given < messages) setTimeout(look, 1);
    };
    look();
  });
}

function makingOf(messages: number): number {
  const stream = new Stream(seed);
  const started = performance.now();
  for (let n = 0; n < messages; n++) stream.next();
  return (performance.now() - started) / 1000;
}

function totalsOf(messages: number): Totals {
  const cadres = new Map(groups.map(({ group, cadre }) => [group, cadre]));
  const totals = new Totals((group) => cadres.get(group));
  const stream = new Stream(seed);
  for (let n = 0; n < messages; n++) totals.add(stream.next());
  return totals;
}

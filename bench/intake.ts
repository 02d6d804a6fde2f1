/** The intake at work, one process on a SQLite file: run as a child so that its memory is its own. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Intake } from '../bot/intake/intake.ts';
import { isCommand } from '../domain/presence/substantive.ts';
import { openDatabase } from '../prisma/database.ts';
import { bindGroups } from '../tests/support/bound-groups.ts';
import { Totals } from '../tests/support/totals.ts';
import { firstMorning, groupCount, groupName, memberName, messagesADay, Stream } from './stream.ts';

const seed = 20260302;

/** What a run of the intake came to. Rates are messages a second, memory is in MB, times are in milliseconds. */
export interface IntakeResult {
  readonly messages: number;
  readonly ordinary: number;
  readonly seconds: number;
  /** Seconds of them that making the stream takes, measured apart. */
  readonly making: number;
  readonly cpuMicros: number;
  readonly memory: readonly number[];
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

/** Feeds `messages` with at most `inFlight` unacknowledged, or `perSecond` of them at random moments. */
export async function runIntake(load: {
  readonly messages: number;
  readonly inFlight?: number;
  readonly perSecond?: number;
}): Promise<IntakeResult> {
  const making = makingOf(load.messages);
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  const database = await openDatabase(`file:${join(folder, 'bench.db')}`);
  try {
    const groups = Array.from({ length: groupCount }, (_, g) => ({
      group: groupName(g),
      cadre: memberName(g, 0),
    }));
    const accountId = await bindGroups(
      database,
      { platform: 'bench', name: 'bench' },
      groups,
      firstMorning - 3_600_000,
    );
    const last = firstMorning + (Math.ceil(load.messages / messagesADay) + 1) * 86_400_000;
    const intake = new Intake({ database, accountId, now: () => last, heardSomething() {} });
    const feed = load.perSecond ? openLoop : closedLoop;
    const memory: number[] = [];
    const sample = () => {
      memory.push(Math.round(process.memoryUsage.rss() / 2 ** 20));
      const u = process.memoryUsage();
      console.error(
        Object.entries(u)
          .map(([k, v]) => `${k} ${Math.round(v / 1048576)}`)
          .join(' '),
      );
    };
    const cpu = process.cpuUsage();
    const started = performance.now();
    const { latencies, ordinary } = await feed(intake, load, sample);
    const seconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(cpu);
    await totalsOf(load.messages).compare(database);
    latencies.sort();
    return {
      messages: load.messages,
      ordinary,
      seconds,
      making,
      cpuMicros: (used.user + used.system) / load.messages,
      memory,
      p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
      p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
      longest: latencies.at(-1) ?? 0,
    };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
}

type Feed = (
  intake: Intake,
  load: { readonly messages: number; readonly inFlight?: number; readonly perSecond?: number },
  sample: () => void,
) => Promise<{ latencies: Float64Array; ordinary: number }>;

/** As many as allowed at once; the next one as soon as one is acknowledged. */
const closedLoop: Feed = ({ accept }, { messages, inFlight = 1 }, sample) =>
  new Promise((resolve, reject) => {
    const stream = new Stream(seed);
    const everySo = Math.ceil(messages / 20);
    let [given, acknowledged, ordinary] = [0, 0, 0];
    const give = () => {
      const event = stream.next();
      given++;
      if (!event.text.includes('/') && !event.text.includes('／')) ordinary++;
      accept(event).then(taken, reject);
    };
    const taken = () => {
      acknowledged++;
      if (acknowledged % everySo === 0) sample();
      if (given < messages) give();
      else if (acknowledged === messages) resolve({ latencies: new Float64Array(), ordinary });
    };
    for (let n = 0; n < inFlight; n++) give();
  });

/** So many a second at random moments, however long an acknowledgement takes; timed from the moment each was due. */
const openLoop: Feed = ({ accept }, { messages, perSecond = 1 }, sample) =>
  new Promise((resolve, reject) => {
    const stream = new Stream(seed);
    const latencies = new Float64Array(messages);
    const everySo = Math.ceil(messages / 20);
    let [given, acknowledged, ordinary] = [0, 0, 0];
    let due = performance.now();
    const look = () => {
      while (given < messages && due <= performance.now()) {
        const event = stream.next();
        const since = due;
        const place = given++;
        if (!isCommand(event.text)) ordinary++;
        accept(event).then(() => {
          latencies[place] = performance.now() - since;
          acknowledged++;
          if (acknowledged % everySo === 0) sample();
          if (acknowledged === messages) resolve({ latencies, ordinary });
        }, reject);
        due += (-Math.log(1 - Math.random()) * 1000) / perSecond;
      }
      if (given < messages) setImmediate(look);
    };
    look();
  });

function makingOf(messages: number): number {
  const stream = new Stream(seed);
  const started = performance.now();
  for (let n = 0; n < messages; n++) stream.next();
  return (performance.now() - started) / 1000;
}

/** What the first messages of the stream amount to, counted the plain way. */
function totalsOf(messages: number): Totals {
  const cadres = new Map(Array.from({ length: groupCount }, (_, g) => [groupName(g), memberName(g, 0)]));
  const totals = new Totals((group) => cadres.get(group));
  const stream = new Stream(seed);
  for (let n = 0; n < messages; n++) totals.add(stream.next());
  return totals;
}

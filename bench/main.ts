/**
 * `npm run bench`: everything; `npm run bench -- intake`, `-- feishu`, `-- commands` or `-- replay`: a part. `--quick`
 * after it runs a tenth of each, to see that it works. Each measurement is a process of its own. Wrong totals end it
 * with an error. `npm run bench -- soak [feishu] [minutes]` is a program of its own.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, totalmem } from 'node:os';
import { runCommands } from './commands.ts';
import { type FeishuLoad, runFeishu } from './feishu.ts';
import { type Load, runIntake } from './intake.ts';
import { runReplay } from './replay.ts';
import { runStanding } from './standing.ts';
import { runTwins } from './twins.ts';
import { runTypical } from './typical.ts';

/** What can be measured in a process of its own, by name. */
const measurements = {
  intake: runIntake,
  typical: runTypical,
  feishu: runFeishu,
  commands: runCommands,
  replay: runReplay,
  standing: runStanding,
  twins: runTwins,
};
type Measurements = typeof measurements;

interface Row {
  readonly what: string;
  readonly found: string;
  readonly target?: string;
}

const [part = 'all', ...options] = process.argv.slice(2);
const scale = options.includes('--quick') || part === '--quick' ? 0.1 : 1;
const runs = scale === 1 ? 3 : 1;

async function intake(): Promise<Row[]> {
  const rows: Row[] = [];
  const load = (messages: number, inFlight: number): Load => ({ messages: messages * scale, inFlight });
  for (const [inFlight, messages, target] of [
    [512, 2_000_000, '≥ 100,000/s'],
    [64, 1_000_000, '≥ 50,000/s'],
  ] as const) {
    const found = await several(() => measured('intake', load(messages, inFlight)));
    const middle = byRate(found);
    rows.push({
      what: `ordinary messages, ${inFlight} in flight`,
      found: `${whole(middle.ordinary / middle.seconds)}/s (${found.map((run) => whole(run.ordinary / run.seconds)).join(', ')}); ${middle.cpu.toFixed(1)} µs CPU a message`,
      target,
    });
    rows.push({
      what: '  of which making the stream',
      found: `${((middle.making / middle.seconds) * 100).toFixed(0)}% of the time`,
    });
  }
  for (const [when, warm] of [
    ['', 200_000],
    [' right after the start, nobody known yet', 512],
  ] as const) {
    const paced = { messages: 20_000 * scale, perSecond: 1_000 };
    const found = await several(() => measured('intake', { messages: warm, inFlight: 512, paced }));
    const [p50, p99] = [0.5, 0.99].map((share) =>
      median(found.map(({ latencies }) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN)),
    );
    rows.push({
      what: `acknowledgement at 1,000/s${when}`,
      found: `p50 ${p50?.toFixed(2)} ms, p99 ${p99?.toFixed(2)} ms`,
      ...(when === '' ? { target: 'p99 ≤ 5 ms' } : {}),
    });
  }
  const { memory } = await measured('intake', load(5_000_000, 512));
  rows.push({
    what: 'resident memory over 5,000,000 messages',
    found: `at most ${Math.max(...memory)} MB; every 500,000: ${memory.filter((_, n) => n % 2 === 1).join(' ')}`,
    target: '< 300 MB, flat',
  });
  const typical = median(await several(() => measured('typical', 50_000 * scale)));
  rows.push({ what: 'the way a typical bot does it, same settings', found: `${whole(typical)}/s` });
  return rows;
}

/** Ours right after the SDK's bare handler, turn by turn, so that whatever else the machine does strikes both. */
async function feishu(): Promise<Row[]> {
  return [
    ...(await feishuPairs('everybody met before, as on most days of a semester', true)),
    ...(await feishuPairs(
      'the first days: every sixth event is from somebody new, or in a new group',
      false,
    )),
  ];
}

async function feishuPairs(when: string, met: boolean): Promise<Row[]> {
  const events = 60_000 * scale;
  const turns = await several(async () => {
    const of = async (handler: FeishuLoad['handler']) => {
      const load = { handler, met, warm: (met ? 50_000 : 150_000) * scale, events, inFlight: 512 };
      const { seconds, cpu } = await measured('feishu', load);
      return { rate: events / seconds, cpu };
    };
    const [bare, ours] = [await of('bare'), await of('ours')];
    return { bare, ours, share: ours.rate / bare.rate };
  });
  const rates = (kind: 'bare' | 'ours') =>
    `${turns.map((turn) => whole(turn[kind].rate)).join(', ')}/s; ${median(turns.map((turn) => turn[kind].cpu)).toFixed(0)} µs CPU an event`;
  return [
    { what: `Feishu's SDK with a bare handler, 512 in flight; ${when}`, found: rates('bare') },
    { what: '  the same with our adapter, to the durable acknowledgement', found: rates('ours') },
    {
      what: '  share of the bare handler',
      found: `${percent(median(turns.map(({ share }) => share)))} (${turns.map(({ share }) => percent(share)).join(', ')})`,
      ...(met ? { target: '≥ 70%' } : {}),
    },
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}

async function commands(): Promise<Row[]> {
  const count = 3_000 * scale;
  const seconds = median((await several(() => measured('commands', count))).map(({ seconds }) => seconds));
  return [
    {
      what: 'commands heard, done and answered (two messages each), 64 in flight',
      found: `${whole(count / seconds)}/s`,
    },
  ];
}

async function replay(): Promise<Row[]> {
  const found = await several(() => measured('replay', 1_000_000 * scale));
  const [first] = found;
  return [
    {
      what: `replay of ${whole(1_000_000 * scale)} lines (${whole(first?.megabytes ?? 0)} MB)`,
      found: `${median(found.map(({ seconds }) => seconds)).toFixed(1)} s, peak ${whole(Math.max(...found.map(({ peak }) => peak)))} MB`,
      target: '< 30 s, < 300 MB',
    },
  ];
}

async function standing(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const dialect of ['sqlite', 'postgresql'] as const)
    for (const groups of [10_000, 100_000].map((n) => n * scale)) {
      const found = await measured('standing', { dialect, groups });
      const pass = median(found.pass);
      const times = (seconds: number) => `${whole(seconds)} s (${whole(seconds / pass)}×)`;
      rows.push({
        what: `${dialect}: ${found.requirements} requirements of ${whole(groups)} groups, ${whole(found.rows)} facts of a year, in sets`,
        found: `${pass.toFixed(2)} s (the first time, nothing kept, ${found.first.toFixed(2)} s); a statement each ${times(found.naive)}; as /进度 does ${times(found.single)}`,
        target: dialect === 'postgresql' && groups === 100_000 ? '≤ 5 s, ≥ 50×' : '≥ 50×',
      });
    }
  return rows;
}

async function twins(): Promise<Row[]> {
  const entries = 50_000 * scale;
  const found = await several(() => measured('twins', entries));
  const share = (of: number) =>
    median(found.map(({ searching }) => searching[Math.floor(searching.length * of)] ?? Number.NaN));
  return [
    {
      what: `${whole(entries)} demands searched for twins`,
      found: `p50 ${share(0.5).toFixed(1)} ms, p99 ${share(0.99).toFixed(1)} ms; the first after entries were added ${whole(median(found.map(({ first }) => first)))} ms; indexed in ${whole(median(found.map(({ indexing }) => indexing)))} ms`,
      target: '< 50 ms',
    },
  ];
}

/** Measures in a new process. */
async function measured<Name extends keyof Measurements>(
  name: Name,
  argument: Parameters<Measurements[Name]>[0],
): Promise<Awaited<ReturnType<Measurements[Name]>>> {
  const child = fork(process.argv[1] ?? '', ['--measure', name, JSON.stringify(argument)], {
    serialization: 'advanced',
  });
  const [result] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error(`measuring ${name} failed`);
    }),
  ]);
  await once(child, 'exit');
  return result as Awaited<ReturnType<Measurements[Name]>>;
}

async function several<T>(run: () => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (let n = 0; n < runs; n++) found.push(await run());
  return found;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function byRate<T extends { readonly ordinary: number; readonly seconds: number }>(found: readonly T[]): T {
  const sorted = [...found].sort((a, b) => a.ordinary / a.seconds - b.ordinary / b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}

async function report(): Promise<void> {
  const parts = { intake, feishu, commands, replay, standing, twins };
  const chosen = Object.entries(parts).filter(
    ([name]) => part === name || part === 'all' || part === '--quick',
  );
  if (chosen.length === 0)
    throw new Error(`there is no part ${part}: intake, feishu, commands, replay, standing, twins, soak`);
  const [processor] = cpus();
  console.log(
    `${cpus().length} cores, ${processor?.model}, ${whole(totalmem() / 2 ** 30)} GB, Node ${process.version}`,
  );
  console.log(`npm run bench${part === 'all' ? '' : ` -- ${[part, ...options].join(' ')}`}`);
  console.log(`medians of ${runs}\n\n| measurement | found | target |\n|---|---|---|`);
  for (const [, measure] of chosen)
    for (const row of await measure()) console.log(`| ${row.what} | ${row.found} | ${row.target ?? ''} |`);
}

if (part === '--measure') {
  const [name = '', argument = ''] = options;
  const run = measurements[name as keyof Measurements] as (argument: unknown) => Promise<unknown>;
  const result = await run(JSON.parse(argument));
  process.send?.(result, undefined, {}, () => process.disconnect());
} else if (part === 'soak') await import('./soak.ts');
else await report();

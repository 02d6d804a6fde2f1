/** `lianqing replay` of a million lines, as a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { MessageEvent } from '../adapters/adapter.ts';
import { formatDay } from '../domain/calendar/day.ts';
import { Totals } from '../tests/support/totals.ts';
import { firstMorning, groupCount, groupName, memberName, Stream } from './stream.ts';

export interface ReplayMeasure {
  readonly seconds: number;
  /** Peak resident memory, MB. */
  readonly peak: number;
  readonly megabytes: number;
}

const output = z.object({
  groups: z.record(
    z.string(),
    z.object({ voiceDays: z.array(z.string()), activeByDay: z.record(z.string(), z.number()) }),
  ),
  bad: z.array(z.unknown()),
});

/** Replays a file of so many lines. Throws when its figures are not those of a plain count. */
export async function runReplay(lines: number): Promise<ReplayMeasure> {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  try {
    const file = join(folder, 'events.jsonl');
    const { totals, megabytes } = await writeFile(file, lines);
    const program = fileURLToPath(new URL('./replay-child.js', import.meta.url));
    const started = performance.now();
    const child = spawn(process.execPath, [program, 'replay', file, '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [printed, noted] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    const seconds = (performance.now() - started) / 1000;
    compare(output.parse(JSON.parse(printed)), totals);
    const peak = Number(/peak (\d+) KB/.exec(noted)?.[1]) / 1024;
    return { seconds, peak, megabytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeFile(path: string, lines: number): Promise<{ totals: Totals; megabytes: number }> {
  const totals = new Totals(() => undefined);
  const stream = new Stream(7);
  const file = createWriteStream(path);
  for (let line = 0; line < lines; line++) {
    let event: object;
    if (line < groupCount)
      event = {
        id: `g${line}`,
        at: rfc3339(firstMorning - 3_600_000),
        type: 'group',
        group: groupName(line),
        cadre: memberName(line, 0),
      };
    else {
      const message = stream.next();
      totals.add(message);
      event = lineOf(message);
    }
    if (!file.write(`${JSON.stringify(event)}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return { totals, megabytes: file.bytesWritten / 2 ** 20 };
}

function lineOf({ id, at, chat, sender, kind, text, mentions, quotes }: MessageEvent): object {
  return {
    id,
    at: rfc3339(at),
    type: 'message',
    group: chat.id,
    sender: sender.id,
    kind,
    text,
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(quotes ? { quotes: quotes.id } : {}),
  };
}

function rfc3339(at: number): string {
  return new Date(at).toISOString();
}

function compare(printed: z.infer<typeof output>, totals: Totals): void {
  const expected = new Map<
    string,
    { readonly voiceDays: Set<string>; readonly active: Map<string, number> }
  >();
  for (let group = 0; group < groupCount; group++)
    expected.set(groupName(group), { voiceDays: new Set(), active: new Map() });
  const cadres = new Set(Array.from({ length: groupCount }, (_, group) => memberName(group, 0)));
  for (const key of totals.presence.keys()) {
    const [group = '', number, person = ''] = key.split(' ');
    const day = formatDay(Number(number));
    const figures = expected.get(group);
    if (cadres.has(person)) figures?.voiceDays.add(day);
    else figures?.active.set(day, (figures.active.get(day) ?? 0) + 1);
  }
  if (printed.bad.length > 0) throw new Error(`${printed.bad.length} lines were bad`);
  for (const [group, { voiceDays, active }] of expected) {
    const found = printed.groups[group];
    const same =
      found?.voiceDays.length === voiceDays.size &&
      found.voiceDays.every((day) => voiceDays.has(day)) &&
      Object.keys(found.activeByDay).length === active.size &&
      Object.entries(found.activeByDay).every(([day, count]) => active.get(day) === count);
    if (!same) throw new Error(`the figures of ${group} are not those of a plain count`);
  }
}

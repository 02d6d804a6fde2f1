import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Log } from './log.ts';
import type { SandboxRecord } from './records.ts';

const taken = (seq: number): SandboxRecord => ({ seq, at: 0, type: 'taken', id: `m-${seq}` });

describe('the log', () => {
  let dir: string;
  let path: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sandbox-log-'));
    path = join(dir, 'sandbox.jsonl');
  });

  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('keeps what was appended at the same time, in order, and reads it back', async () => {
    const log = new Log(path);
    expect(await log.read()).toEqual({ records: [], badLines: 0 });
    const durable: number[] = [];
    await Promise.all([1, 2, 3, 4].map((seq) => log.append(taken(seq), () => durable.push(seq))));
    expect(durable).toEqual([1, 2, 3, 4]);
    expect(await new Log(path).read()).toEqual({ records: [1, 2, 3, 4].map(taken), badLines: 0 });
  });

  it('loses only the last line, wherever a crash tore it', async () => {
    const log = new Log(path);
    await log.read();
    for (const seq of [1, 2]) await log.append(taken(seq), () => undefined);
    const whole = await readFile(path);
    const first = whole.indexOf('\n') + 1;
    for (let end = first; end < whole.length; end++) {
      await writeFile(path, whole.subarray(0, end));
      const again = new Log(path);
      expect((await again.read()).records).toEqual([taken(1)]);
      await again.append(taken(9), () => undefined);
      expect((await new Log(path).read()).records).toEqual([taken(1), taken(9)]);
    }
  });

  it('leaves nothing of a torn line that is longer than the one written over it', async () => {
    const line = `${JSON.stringify(taken(1))}\n`;
    await writeFile(path, `${line}{"seq":2,"text":"${'长'.repeat(500)}`);
    const log = new Log(path);
    expect(await log.read()).toEqual({ records: [taken(1)], badLines: 1 });
    await log.append(taken(2), () => undefined);
    expect(await readFile(path, 'utf8')).toBe(`${line}${JSON.stringify(taken(2))}\n`);
  });

  it('passes over an unreadable line and counts it', async () => {
    await writeFile(
      path,
      `${JSON.stringify(taken(1))}\n{"seq":"zwei"}\n\u0000\u0000\n${JSON.stringify(taken(4))}\n`,
    );
    expect(await new Log(path).read()).toEqual({ records: [taken(1), taken(4)], badLines: 2 });
  });

  it('tells a failed write and counts nothing of it as kept', async () => {
    const log = new Log(path);
    await log.read();
    await log.append(taken(1), () => undefined);
    await rm(dir, { recursive: true });
    let durable = false;
    await expect(
      log.append(taken(2), () => {
        durable = true;
      }),
    ).rejects.toThrow('ENOENT');
    expect(durable).toBe(false);
  });
});

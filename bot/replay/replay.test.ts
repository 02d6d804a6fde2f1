import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEventFile } from './read.ts';
import { replay } from './replay.ts';
import { formatReplay } from './report.ts';
import { SourceError } from './source.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianqing-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* bytesOf(...pieces: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}

const group =
  '{"id":"b","at":"2026-08-31T08:00:00+08:00","type":"group","group":"g1","cadre":"c1","name":"一群","members":[{"id":"u1","name":"小青"}]}';
const says = (id: string, sender: string, hour: string, rest = '') =>
  `{"id":"${id}","at":"2026-09-01T${hour}:00:00+08:00","type":"message","group":"g1","sender":"${sender}","text":"图书馆今天人多吗"${rest}}`;
const lines = [
  group,
  says('m1', 'u1', '08', ',"mentions":["c1"]'),
  says('m2', 'c1', '20', ',"quotes":"m1"'),
  says('m3', 'u2', '20'),
];
const expected = {
  voiceDays: ['2026-09-01'],
  unknownDays: [],
  weeks: { '2026-W36': { exchange: 2 } },
  topics: {},
  activeByDay: { '2026-09-01': 2 },
  quarters: {},
  years: {},
};

describe('lines', () => {
  test('a file with byte-order mark, CRLF, blank lines and no last line feed', async () => {
    const path = join(folder, 'good.jsonl');
    await writeFile(path, `\ufeff${lines.join('\r\n\r\n \t\u3000\ufeff\n\n')}`);
    expect(await replay(path)).toEqual({ groups: { g1: expected }, bad: [] });
  });

  test('bad lines are listed by their number in the file, and nothing else is lost', async () => {
    const text = `\n${lines[0]}\n{"id":\n${lines[1]}\n\n[]\n${lines[2]}\n${lines[3]}\n\ufeff${lines[0]}\n${lines[0]?.slice(0, 40)}`;
    expect(await replay(bytesOf(text))).toEqual({
      groups: { g1: expected },
      bad: [
        { line: 3, why: '不是完整的 JSON' },
        { line: 6, why: '不是一个 JSON 对象' },
        { line: 9, why: '不是完整的 JSON' },
        { line: 10, why: '不是完整的 JSON' },
      ],
    });
  });

  test('only a line feed ends a line', async () => {
    const text = says('m9', 'u9', '08').replace('图书馆', '图\u2028书\u2029馆\u0085');
    const { groups, bad } = await replay(bytesOf(`${lines.join('\n')}\n${text}\n`));
    expect(bad).toEqual([]);
    expect(groups.g1?.activeByDay).toEqual({ '2026-09-01': 3 });
    expect((await replay(bytesOf(lines.join('\r')))).bad).toEqual([{ line: 1, why: '不是完整的 JSON' }]);
  });

  test('broken UTF-8 is bad, U+FFFD itself is not', async () => {
    const broken = Buffer.from(`${says('m4', 'u\u0001', '08')}\n`);
    broken[broken.indexOf(1)] = 0xe5;
    const { groups, bad } = await replay(bytesOf(`${group}\n`, broken, says('m5', 'u\ufffd', '08')));
    expect(bad).toEqual([{ line: 2, why: '不是完整的 UTF-8 文字' }]);
    expect(groups.g1?.activeByDay).toEqual({ '2026-09-01': 1 });
  });

  test('a line of 64 MiB is bad, one of nearly so is read', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, 'x');
    const padded = function* (size: number) {
      const head = Buffer.from('{"x":"');
      const tail = Buffer.from(`",${says('m4', 'u4', '08').slice(1)}`);
      yield head;
      for (let rest = size - head.length - tail.length; rest > 0; rest -= mebibyte.length) {
        yield mebibyte.subarray(0, Math.min(rest, mebibyte.length));
      }
      yield tail;
    };
    const limit = 64 * 1024 * 1024;
    const { groups, bad } = await replay(
      bytesOf(`${group}\n`, ...padded(limit), '\n', ...padded(limit - 1), '\n', ...padded(limit + 5_000_000)),
    );
    expect(bad.map(({ line }) => line)).toEqual([2, 4]);
    expect(groups.g1?.activeByDay).toEqual({ '2026-09-01': 1 });
  }, 30_000);

  test('an empty file has neither groups nor faults', async () => {
    expect(await replay(bytesOf())).toEqual({ groups: {}, bad: [] });
    expect(await replay(bytesOf('\ufeff\n\n'))).toEqual({ groups: {}, bad: [] });
  });

  test('however the bytes come in pieces', async () => {
    const bytes = Buffer.from(`\ufeff${lines.join('\n')}\nx`);
    const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const at = [0, ...cut.sort((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(await replay(bytesOf(...pieces))).toEqual({
          groups: { g1: expected },
          bad: [{ line: 5, why: '不是完整的 JSON' }],
        });
      }),
      { numRuns: 40 },
    );
  });
});

test('lines lie across the pieces that a large file is read in', async () => {
  const path = join(folder, 'large.jsonl');
  const people = Array.from({ length: 9000 }, (_, i) =>
    says(`n${i}`, `u${i}`, '12', `,"x":"${'字'.repeat(i % 97)}"`),
  );
  await writeFile(path, [...lines, ...people, says('q', 'c1', '23', ',"quotes":"n4321"')].join('\n'));
  const done: number[] = [];
  const { groups, bad } = await replay(path, { onProgress: (share) => done.push(share) });
  expect(bad).toEqual([]);
  expect(groups.g1?.activeByDay).toEqual({ '2026-09-01': 9000 });
  expect(groups.g1?.weeks).toEqual({ '2026-W36': { exchange: 3 } });
  expect(done.length).toBeGreaterThan(2);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(done.at(-1)).toBe(1);
});

test('names like __proto__ are names', async () => {
  const odd = ['__proto__', 'constructor', '12', ' '];
  const text = odd
    .flatMap((name) => lines.map((line) => line.replaceAll('"g1"', JSON.stringify(name))))
    .join('\n');
  const printed = JSON.stringify(await replay(bytesOf(text)));
  for (const name of odd) expect(printed).toContain(`${JSON.stringify(name)}:${JSON.stringify(expected)}`);
});

test('reading tells names and members too', async () => {
  const { groups, people } = await readEventFile(bytesOf(lines.join('\n')));
  const read = groups.get('g1');
  expect(read?.name).toBe('一群');
  expect(
    Array.from(read?.members ?? [], ([person, { name, here }]) => [people.idOf(person), name, here]),
  ).toEqual([['u1', '小青', true]]);
});

describe('sources', () => {
  test('what comes as a stream is put by where nobody can find it', async () => {
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith('lianqing-replay-')).sort();
    async function* watched() {
      yield Buffer.from(lines.join('\n'));
      expect((await readdir(tmpdir())).filter((name) => name.startsWith('lianqing-replay-')).sort()).toEqual(
        before,
      );
    }
    expect((await replay(watched())).groups).toEqual({ g1: expected });
  });

  test.each([
    ['nowhere.jsonl', '找不到这个文件，请检查路径。'],
    ['.', '这是一个文件夹，请给出事件文件（每行一个 JSON）的路径。'],
  ])('%s cannot be read', async (name, advice) => {
    const fault = await replay(join(folder, name)).catch((one: unknown) => one);
    expect(fault).toBeInstanceOf(SourceError);
    expect((fault as SourceError).forPerson).toBe(advice);
  });

  test('a stream that breaks is a fault of the source', async () => {
    async function* broken() {
      yield Buffer.from(group);
      throw new Error('gone');
    }
    await expect(replay(broken())).rejects.toBeInstanceOf(SourceError);
  });
});

describe('the report', () => {
  test('tells the figures in plain words', async () => {
    const text = formatReplay(await replay(bytesOf(`${lines.join('\n')}\n{`)));
    expect(text).toContain('群 g1\n  有声音的日子：1 天（2026-09-01）');
    expect(text).toContain('每周互动：2026-W36 2 人');
    expect(text).toContain('有 1 行没有用上：\n  第 5 行：不是完整的 JSON');
  });

  test('control and direction characters of ids do not reach the terminal', async () => {
    const odd = group.replace('"g1"', '"g\\u001b[2J\\u202e"');
    expect(formatReplay(await replay(bytesOf(odd)))).toContain('群 g\ufffd[2J\ufffd\n');
  });

  test('of very many bad lines only some are shown', async () => {
    const text = formatReplay(await replay(bytesOf('x\n'.repeat(25))));
    expect(text).toContain('文件里没有可用的记录。');
    expect(text).toContain('第 20 行');
    expect(text).not.toContain('第 21 行');
    expect(text).toContain('还有 5 行');
  });
});

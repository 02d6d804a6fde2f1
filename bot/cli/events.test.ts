/** Event files: replayed and imported. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { startProgram } from '../../tests/support/program.ts';
import { expectSentence, file, folder, inFolders, lianqing } from './testing.ts';

inFolders();

const event = (id: string, rest: object) =>
  JSON.stringify({ id, at: '2026-09-01T08:00:00+08:00', group: 'g', ...rest });
const lines = [
  event('b', { type: 'group', cadre: 'c', name: '一群\u202e', members: [{ id: 'u' }] }),
  event('m1', { type: 'message', sender: 'c', text: '大家早上好' }),
  event('m2', { type: 'message', sender: 'u', text: '早，老师' }),
];

describe('replay', () => {
  it('prints the figures as text or as JSON, of a file or of standard input, and names bad lines', async () => {
    const name = file('events.jsonl', ...lines, '', 'torn {"id":', event('m3', { type: 'dance' }));
    const text = await lianqing('replay', name);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    expect(text.stdout).toContain('有声音的日子：1 天（2026-09-01）');
    expect(text.stdout).toMatch(/第 5 行.*\n.*第 6 行/);
    const json = await lianqing('replay', name, '--json');
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({
      groups: { g: { voiceDays: ['2026-09-01'], weeks: { '2026-W36': { exchange: 1 } } } },
      bad: [{ line: 5 }, { line: 6 }],
    });
    const piped = await startProgram(folder, ['replay', '--json', '-'], { stdin: lines.join('\n') }).ended;
    expect(JSON.parse(piped.stdout)).toMatchObject({
      groups: { g: { activeByDay: { '2026-09-01': 1 } } },
      bad: [],
    });
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('says what is wrong with a file that it cannot read', async () => {
    expectSentence(await lianqing('replay', 'missing.jsonl'), /^找不到这个文件，请检查路径。\n$/);
    expectSentence(await lianqing('replay', '.'), /^这是一个文件夹/);
    expect(await lianqing('replay', file('empty.jsonl'))).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends quietly when nobody reads on', async () => {
    const { child, ended } = startProgram(folder, ['replay', '--json', '-'], { stdin: lines.join('\n') });
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('import', { timeout: 150_000 }, () => {
  const withAccounts = async (...names: string[]) => {
    const database = await openDatabase(`file:${join(folder, 'data', 'lianqing.db')}`);
    for (const name of names) await ensureAccount(database.db, 'sandbox', name);
    await database.close();
  };

  it('adds a file to the one account, and again changes nothing', async () => {
    await withAccounts('bot');
    const name = file('events.jsonl', ...lines, 'torn', event('m3', { type: 'message', sender: 'x\u0000' }));
    const first = await lianqing('import', name);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^群 一群：2 人，1 天的发言记录.*已经新建.*还没有在这里绑定/);
    expect(first.stderr).toMatch(/^第 4 行没有用上：.*\n第 5 行没有用上：.*\n$/);
    const second = await lianqing('import', name);
    expect(second.stdout).toMatch(/^群 一群：2 人，1 天/);
    expect(second.stdout).not.toContain('新建');
    expect(await lianqing('import', file('empty.jsonl'))).toMatchObject({
      code: 0,
      stdout: '文件里没有可用的记录。\n',
    });
  });

  it('says which account it needs', async () => {
    const name = file('events.jsonl', ...lines);
    expectSentence(await lianqing('import', name), '请先启动一次机器人');
    await withAccounts('one', 'two');
    expectSentence(await lianqing('import', name), 'sandbox/one、sandbox/two');
    expectSentence(await lianqing('import', name, '--account', 'sandbox/three'), 'sandbox/one、sandbox/two');
    expect((await lianqing('import', name, '--account', 'sandbox/two')).code).toBe(0);
    expectSentence(await lianqing('import', 'missing', '--account', 'sandbox/two'), '找不到这个文件');
  });
});

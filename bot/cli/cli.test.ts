import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Driver from 'libsql';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayMs } from '../../domain/calendar/day.ts';
import { formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { openDatabase } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { freePort } from '../../tests/support/free-port.ts';
import { type Ended, startProgram } from '../../tests/support/program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianqing-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
beforeAll(async () => {
  // Builds what is missing, so that no test waits for it.
  const place = mkdtempSync(join(tmpdir(), 'lianqing-cli-'));
  const { code, stderr } = await startProgram(place, ['--version']).ended;
  rmSync(place, { recursive: true });
  expect(code, stderr).toBe(0);
}, 120_000);

const lianqing = (...args: string[]) => startProgram(folder, args).ended;
const withSettings = (env: Record<string, string>, ...args: string[]) =>
  startProgram(folder, args, { env }).ended;

/** A fault as a person may see it: one sentence in Chinese, exit code 1, nothing of the program's insides. */
function expectSentence(ended: Ended, text: string | RegExp): void {
  expect(ended.stderr).toMatch(text);
  expect(ended.stderr).not.toMatch(/\n\s+at |Error:|node:internal|citty|USAGE|Missing|Unknown/);
  expect(ended.code).toBe(1);
}

const event = (id: string, rest: object) =>
  JSON.stringify({ id, at: '2026-09-01T08:00:00+08:00', group: 'g', ...rest });
const lines = [
  event('b', { type: 'group', cadre: 'c', name: '一群\u202e', members: [{ id: 'u' }] }),
  event('m1', { type: 'message', sender: 'c', text: '大家早上好' }),
  event('m2', { type: 'message', sender: 'u', text: '早，老师' }),
];
const file = (name: string, ...content: string[]): string => {
  writeFileSync(join(folder, name), content.join('\n'));
  return name;
};

describe('what is typed', () => {
  it.each([
    [[], '“npx lianqing”后面要写明做什么。'],
    [['fly'], '没有“npx lianqing fly”这个命令。'],
    [['constructor'], '没有“npx lianqing constructor”这个命令。'],
    [['--loud'], '没有“--loud”这个选项。'],
    [['cadre'], '“npx lianqing cadre”后面要写明做什么。'],
    [['cadre', 'add'], '还缺姓名，例如：npx lianqing cadre add 张晓 --unit 某某学院团委\n'],
    [
      ['cadre', 'add', '张晓'],
      '还缺 --unit（所在团组织），例如：npx lianqing cadre add 张晓 --unit 某某学院团委\n',
    ],
    [['cadre', 'add', '张晓', '--unit'], '还缺 --unit'],
    [['replay'], '还缺事件文件，例如：npx lianqing replay 事件.jsonl\n'],
    [['replay', 'a', 'b'], '“b”是多出来的'],
    [['replay', '--jsn', 'a'], '没有“--jsn”这个选项。'],
  ])('wrongly is answered with what is wrong and the usage: %j', async (args, sentence) => {
    const ended = await lianqing(...args);
    expectSentence(ended, sentence);
    expect(ended.stderr).toContain('用法：npx lianqing');
    expect(ended.stdout).toBe('');
  });

  it('as a question is answered on standard output', async () => {
    const help = await lianqing('replay', '--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toContain('用法：npx lianqing replay FILE [--json]');
    expect(await lianqing('--version')).toEqual({ code: 0, stderr: '', stdout: '0.1.0\n' });
  });
});

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

describe('cadre add', () => {
  it('prints a code, and a new one the second time', async () => {
    const first = await lianqing('cadre', 'add', '张晓', '--unit', '学院团委');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const code = /绑定码：([0-9A-Z]{4}-[0-9A-Z]{4})\n/.exec(first.stdout)?.[1];
    expect(code).toBeDefined();
    const second = await lianqing('cadre', 'add', '张晓', '--unit=学院团委');
    expect(second.stdout).toContain('已经登记过');
    expect(second.stdout).not.toContain(code);
    expect(statSync(join(folder, 'data', 'secret.key')).mode & 0o777).toBe(0o600);
    expectSentence(await lianqing('cadre', 'add', ' ', '--unit', '学院团委'), '请写明姓名和团组织');
  });

  it('says until when, also by a sandbox’s clock that was moved', async () => {
    const untilIn = async (env: Record<string, string> = {}) => {
      const { stdout } = await withSettings(env, 'cadre', 'add', '张晓', '--unit', '学院团委');
      const database = await openDatabase(`file:${join(folder, 'data', 'lianqing.db')}`);
      const { expiresAt } = await database.db.bindingCode.findFirstOrThrow({ orderBy: { id: 'desc' } });
      await database.close();
      expect(stdout).toContain(`${formatDateTime(expiresAt.getTime(), Date.now())}（北京时间`);
      return { stdout, inDays: Math.round((expiresAt.getTime() - Date.now()) / dayMs) };
    };
    const plain = await untilIn();
    expect(plain.inDays).toBe(7);
    expect(plain.stdout).not.toContain('沙盒');
    file('data/clock.json', JSON.stringify({ offsetMs: 400 * dayMs }));
    const moved = await untilIn();
    expect(moved.inDays).toBe(407);
    expect(moved.stdout).toMatch(/，按沙盒的时钟）.*\n沙盒的时钟拨到了 20/);
    // With Feishu the sandbox's clock is nobody's.
    const real = await untilIn({ FEISHU_APP_ID: `cli_${'a'.repeat(16)}`, FEISHU_APP_SECRET: 'x' });
    expect(real.inDays).toBe(7);
  });

  it('does not go on with half a key', async () => {
    mkdirSync(join(folder, 'data'));
    file('data/secret.key', 'abc');
    expectSentence(
      await lianqing('cadre', 'add', '张晓', '--unit', '学院团委'),
      /^密钥文件 .*secret\.key 不完整/,
    );
  });
});

describe('unit, admin and cadre', { timeout: 150_000 }, () => {
  it('build a tree with its cadres, and say what does not fit', async () => {
    expect((await lianqing('unit', 'add', '校团委')).stdout).toBe('已登记：校团委\n');
    expect((await lianqing('unit', 'add', '学院团委', '--under', '校团委')).stdout).toContain(
      '校团委 → 学院团委',
    );
    expectSentence(await lianqing('unit', 'add', '学院团委'), '已经登记过了');
    expectSentence(await lianqing('unit', 'add', '社团', '--under', '没有的'), '没有登记过“没有的”');
    expectSentence(
      await lianqing('unit', 'move', '校团委', '--under', '学院团委'),
      '不能移到自己或自己的下级之下',
    );
    expect((await lianqing('unit', 'profile', '校团委', 'chuzhou')).code).toBe(0);
    expectSentence(await lianqing('unit', 'profile', '校团委', 'Chu Zhou'), '没有“Chu Zhou”这份制度');
    expect((await lianqing('unit', 'evidence', '校团委')).stdout).toBe('校团委：各级佐证的记录都算数\n');
    expect((await lianqing('unit', 'evidence', '校团委', '有照片或文件')).stdout).toContain('仅口述的不算');
    expectSentence(await lianqing('unit', 'evidence', '学院团委', '仅口述'), '不能放宽');
    expectSentence(await lianqing('unit', 'evidence', '学院团委', '手印'), '佐证只能写 有印证、');
    expect((await lianqing('unit', 'evidence', '校团委', '随上级')).stdout).toContain('都算数');
    const adjust = ['unit', 'adjust', '学院团委', 'lecture', '--set', 'atLeast=3'];
    expectSentence(await lianqing(...adjust), '属于层层加码');
    expect((await lianqing(...adjust, '--reason', '团课质量年')).stdout).toContain('理由：团课质量年');
    expectSentence(
      await lianqing('unit', 'semester', '校团委', '2026-autumn', '2026-02-30', '2027-01-17'),
      '不是日期',
    );
    expectSentence(
      await lianqing('unit', 'semester', '校团委', '2026-summer', '2026-08-24', '2027-01-17'),
      '学期写成',
    );
    expect(
      (await lianqing('unit', 'semester', '校团委', '2026-autumn', '2026-08-24', '2027-01-17')).code,
    ).toBe(0);
    expect((await lianqing('unit', 'list')).stdout).toBe(
      '校团委　制度：chuzhou，2026-autumn 2026-08-24 至 2027-01-17\n　学院团委　制度：chuzhou（随上级）\n',
    );
    const admin = await lianqing('admin', 'add', '王敏', '--unit', '校团委');
    expect(admin.stdout).toMatch(/已登记管理员：校团委 王敏\n绑定码：[0-9A-Z]{4}-[0-9A-Z]{4}\n/);
    expectSentence(
      await lianqing('cadre', 'add', '张晓', '--unit', '学院团委', '--kind', '兼职'),
      '类别只能是专职',
    );
    expect((await lianqing('cadre', 'add', '张晓', '--unit', '学院团委', '--kind', '挂职')).code).toBe(0);
    const set = ['cadre', 'set', '张晓', '--unit', '学院团委'];
    expectSentence(await lianqing(...set), '要改什么');
    expect((await lianqing(...set, '--branch', '计科2班团支部', '--club', '摄影社')).stdout).toBe(
      '学院团委 张晓　挂职　团支部：计科2班团支部　社团：摄影社　未认证\n',
    );
    expect((await lianqing('cadre', 'list', '--unit', '校团委')).stdout).toContain('学院团委 张晓　挂职');
  });
});

describe('doctor', { timeout: 150_000 }, () => {
  it('finds everything well', async () => {
    const ended = await lianqing('doctor');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout.match(/^✓ /gm)).toHaveLength(5);
    expect(ended.stdout).toMatch(/一切正常。\n$/);
  });

  it('names wrong settings', async () => {
    expectSentence(
      await withSettings({ PORT: 'x', LOG_LEVEL: 'x' }, 'doctor'),
      /PORT 要是一个数字.*\n.*LOG_LEVEL 只能是/,
    );
    writeFileSync(join(folder, '.env'), 'PORT=99999\n');
    expectSentence(await lianqing('doctor'), 'PORT 不能大于 65535');
    rmSync(join(folder, '.env'));
    mkdirSync(join(folder, '.env'));
    expectSentence(await lianqing('doctor'), /^\.env 文件读不出来/);
  });

  it('goes on after a fault and says what to do about each', async () => {
    file('data', 'a file where the folder should be');
    const ended = await lianqing('doctor');
    expectSentence(ended, '有 2 项需要处理');
    expect(ended.stdout).toMatch(/✗ 数据文件夹：数据文件夹建不起来/);
    expect(ended.stdout).toMatch(/✗ 数据库：打不开数据库文件/);
    expect(ended.stdout).toMatch(/✓ 字体/);
  });

  it('tells a newer database, one that is none, and a server that is not there', async () => {
    const database = join(folder, 'data', 'lianqing.db');
    await lianqing('doctor');
    const driver = new Driver(database);
    driver.exec(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ('x', 'x', 1, '29990101000000_later', 1, 1)`,
    );
    driver.close();
    const newer = await lianqing('doctor');
    expect(newer.stdout).toContain('✗ 数据库：这个数据库已被更新版本的联青升级过');
    expectSentence(newer, '有 1 项需要处理');
    expectSentence(await lianqing('start'), /^这个数据库已被更新版本的联青升级过.*\n$/);
    expectSentence(await lianqing('import', file('x.jsonl')), /^这个数据库已被更新版本的联青升级过.*\n$/);

    const none = `file:${file('none.db', 'this is no database, and it is long enough to be sure of that. '.repeat(20))}`;
    expectSentence(await withSettings({ DATABASE_URL: none }, 'start'), /^数据库文件已损坏.*\n$/);
    const absent = `postgresql://somebody:secret-word@127.0.0.1:${await freePort()}/x`;
    const unreachable = await withSettings({ DATABASE_URL: absent }, 'start');
    expectSentence(unreachable, /^连不上 PostgreSQL.*\n$/);
    expect(unreachable.stderr).not.toContain('secret-word');
  });

  it('tells a database that another program holds', async () => {
    await lianqing('doctor');
    const driver = new Driver(join(folder, 'data', 'lianqing.db'));
    driver.exec('BEGIN EXCLUSIVE');
    try {
      const ended = await lianqing('doctor');
      expect(ended.stdout).toContain('✗ 数据库：数据库正被另一个程序占用');
      expectSentence(ended, '有 1 项需要处理');
    } finally {
      driver.close();
    }
  });
});

describe('start', { timeout: 150_000 }, () => {
  it('says its address, drains when asked to stop, and ends well', async () => {
    expectSentence(await lianqing('health'), '联青没有在工作');
    const { child, stdout, ended } = startProgram(folder, ['start'], { env: { PORT: '0' } });
    await vi.waitFor(() => expect(stdout()).toMatch(/http:\/\/127\.0\.0\.1:\d+/), 30_000);
    expect(await lianqing('health')).toMatchObject({ code: 0, stdout: '联青在工作。\n' });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('什么都没有丢。'),
    });
    expect(statSync(join(folder, 'data', 'lianqing.db')).mode & 0o077).toBe(0);
  });

  it('a second time on the same data waits, and gives up when asked to', async () => {
    const settings = { env: { PORT: '0' } };
    const first = startProgram(folder, ['start'], settings);
    await vi.waitFor(() => expect(first.stdout()).toContain('http://127.0.0.1'), 30_000);
    const second = startProgram(folder, ['start'], settings);
    await vi.waitFor(() => expect(second.stdout()).toContain('另一个联青正在用这份数据'), 30_000);
    second.child.kill('SIGINT');
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
    // One that was killed is not waited for.
    first.child.kill('SIGKILL');
    await first.ended;
    const third = startProgram(folder, ['start'], settings);
    await vi.waitFor(() => expect(third.stdout()).toContain('http://127.0.0.1'), 30_000);
    third.child.kill('SIGTERM');
    expect(await third.ended).toMatchObject({ code: 0, stdout: expect.not.stringContaining('另一个联青') });
  });

  it('on a port that is taken says what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    try {
      expectSentence(
        await withSettings({ PORT: String(port) }, 'start'),
        new RegExp(`^端口 ${port} 已被别的程序占用.*\n$`),
      );
    } finally {
      server.close();
    }
  });

  it('without a usable folder says so', async () => {
    file('data', 'a file where the folder should be');
    expectSentence(await lianqing('start'), /^数据文件夹建不起来.*\n$/);
    expectSentence(
      await withSettings({ DATA_DIR: `x${'长'.repeat(300)}` }, 'start'),
      /^数据文件夹建不起来.*\n$/,
    );
    // Somebody else's folder, where this is not run as one who may everything.
    if (process.getuid?.() !== 0) {
      mkdirSync(join(folder, 'closed'));
      chmodSync(join(folder, 'closed'), 0o500);
      expectSentence(await withSettings({ DATA_DIR: 'closed/data' }, 'start'), /^数据文件夹不能写.*\n$/);
    }
  });
});

/** What the doctor finds. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Driver from 'libsql';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../tests/support/free-port.ts';
import { expectSentence, file, folder, inFolders, lianqing, withSettings } from './testing.ts';

inFolders();

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

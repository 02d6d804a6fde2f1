/** The program at work. */
import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startProgram } from '../../tests/support/program.ts';
import { expectSentence, file, folder, inFolders, lianqing, withSettings } from './testing.ts';

inFolders();

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

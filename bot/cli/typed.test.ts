/** What is typed after `lianqing`. */
import { describe, expect, it } from 'vitest';
import { expectSentence, inFolders, lianqing } from './testing.ts';

inFolders();

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
    expect(help.stdout).toContain('用法：npx lianqing replay <事件文件> [--json]');
    expect(await lianqing('--version')).toEqual({ code: 0, stderr: '', stdout: '0.1.0\n' });
  });
});

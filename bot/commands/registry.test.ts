import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothing, text } from '../dialogue/arguments.ts';
import { action, type CommandDeclaration, defineCommand } from '../dialogue/command.ts';
import { commandReference } from '../dialogue/reference.ts';
import { Registry } from '../dialogue/registry.ts';
import { distance, resembling } from '../dialogue/resemblance.ts';
import { registry } from './all.ts';

const sleep = action({
  name: '',
  summary: '睡觉',
  examples: ['/睡觉'],
  who: 'anyone',
  where: 'both',
  about: 'person',
  arguments: nothing,
  confirm: false,
  run: async () => [],
});

const valid: CommandDeclaration = defineCommand({
  name: '睡觉',
  aliases: ['sleep'],
  summary: '睡觉',
  actions: [sleep],
});

describe('the registry', () => {
  it.each<[string, readonly CommandDeclaration[], RegExp]>([
    ['without a summary', [{ ...valid, summary: ' ' }], /睡觉: no summary/],
    ['without an action', [{ ...valid, actions: [] }], /睡觉: no action/],
    ['without an example', [{ ...valid, actions: [{ ...sleep, examples: [] }] }], /no example/],
    [
      'with another’s example',
      [{ ...valid, actions: [{ ...sleep, examples: ['/起床'] }] }],
      /“\/起床” does not lead to it/,
    ],
    [
      'with an example it refuses',
      [{ ...valid, actions: [{ ...sleep, examples: ['/睡觉 八小时'] }] }],
      /is refused/,
    ],
    ['with another’s name', [valid, { ...valid, name: '打盹' }], /the name “sleep” is taken by 睡觉/],
    ['with an action twice', [{ ...valid, actions: [sleep, sleep] }], /taken by another action/],
    ['called like an answer', [{ ...valid, aliases: ['是'] }], /answers questions/],
    ['with a default that does not exist', [{ ...valid, byDefault: '午睡' }], /“午睡” does not exist/],
  ])('stops the start for a command %s', (_, commands, fault) => {
    expect(() => new Registry(commands)).toThrow(fault);
  });

  it('takes complete declarations', () => {
    expect(new Registry([valid]).find('ＳＬＥＥＰ')).toBe(valid);
  });

  it('reads names with their action or text glued to them, but not other words that begin the same', () => {
    const read = (typed: string) => {
      const reading = registry.read(typed);
      return reading.kind === 'found'
        ? [reading.command.name, reading.action.name, reading.rest]
        : [reading.kind, reading.near];
    };
    expect(read('话题发布 早饭吃什么')).toEqual(['话题', '发布', '早饭吃什么']);
    expect(read('话题发布早饭吃什么')).toEqual(['话题', '发布', '早饭吃什么']);
    expect(read('诉求：食堂太挤')).toEqual(['诉求', '', '食堂太挤']);
    expect(read('诉求食堂太挤')).toEqual(['诉求', '', '食堂太挤']);
    expect(read('进度文字')).toEqual(['进度', '', '文字']);
    expect(read('进度条在哪')).toEqual(['unknown', []]);
    expect(read('问题清单')).toEqual(['问题清单', '列表', '']);
    expect(read('问题清单 群2')).toEqual(['问题清单', '列表', '群2']);
    expect(read('话题')).toEqual(['incomplete', []]);
    expect(read('话题 发步 早饭')).toEqual(['incomplete', ['发布']]);
    expect(read('我的诉求')).toEqual(['我的', '全部', '']);
  });

  it('reads any text without throwing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        expect(['found', 'incomplete', 'unknown']).toContain(registry.read(typed).kind);
      }),
    );
  });
});

describe('resemblance', () => {
  it('counts slips', () => {
    expect(distance('帮组', '帮助')).toBe(1);
    expect(distance('助帮', '帮助')).toBe(1);
    expect(distance('', '帮助')).toBe(2);
    expect(resembling('问提清单', ['帮助', '问题清单'])).toEqual(['问题清单']);
    expect(resembling('天气', ['帮助', '话题'])).toEqual([]);
  });

  it('is symmetric, zero for equal words alone, and bounded by the longer word', () => {
    const word = fc.string({ unit: fc.constantFrom('帮', '助', '组', 'a', '😀'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const slips = distance(one, other);
        expect(slips).toBe(distance(other, one));
        expect(slips === 0).toBe(one === other);
        expect(slips).toBeLessThanOrEqual(Math.max([...one].length, [...other].length));
      }),
    );
  });
});

it('a text keeps what was written, but for what deceives or calls', () => {
  const schema = text('写点什么', 20);
  expect(schema.parse(' 你好，\r\n\r\n\r\n\u202e@所有人 👨‍👩‍👧 ')).toEqual({
    text: '你好，\n\n＠所有人 👨‍👩‍👧',
  });
  expect(schema.parse('a.b@c.cn 找 a@all')).toEqual({ text: 'a.b@c.cn 找 a＠all' });
  expect(schema.safeParse('字'.repeat(21)).error?.issues[0]?.message).toContain('20 字以内');
  expect(schema.safeParse(' \u0000\u2066 ').error?.issues[0]?.message).toBe('写点什么');
});

it('docs/commands.md is what the declarations say (renew it with npx vitest run bot/commands/registry -u)', async () => {
  await expect(commandReference(registry.commands)).toMatchFileSnapshot('../../docs/commands.md');
});

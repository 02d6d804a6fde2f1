import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answered, answer, noMenus, type OpenMenus, type Said, showCard } from './menu.ts';

const now = 1_800_000_000_000;
const card = (title: string) =>
  ({
    type: 'card',
    title,
    text: '周六下午三点，操场',
    fields: [{ label: '还剩', value: '12 个名额' }],
    buttons: [
      { label: '报名', command: `/报名 ${title}` },
      { label: '请假', command: `/请假 ${title}` },
      { label: '帮助', command: '/帮助' },
    ],
  }) as const;
const form = {
  type: 'card',
  title: '登记',
  text: '',
  form: {
    command: '/登记',
    submit: '填写',
    fields: [
      { name: 'a', label: '专业', placeholder: '例如软件技术' },
      { name: 'b', label: '愿意志愿服务吗', options: ['愿意', '以后再说'] },
    ],
  },
} as const;

let count = 0;
const said = (text: string, more: Partial<Said> = {}): Said => ({
  id: `m${++count}`,
  chat: 'private:ann',
  isGroup: false,
  person: 'ann',
  text,
  toBot: false,
  ...more,
});
const inGroup = (text: string, more: Partial<Said> = {}) =>
  said(text, { chat: 'group:one', isGroup: true, ...more });

/** Says things one after the other; gives what each meant. */
function talk(menus: OpenMenus, ...sayings: readonly Said[]): readonly Answered[] {
  let open = menus;
  return sayings.map((one) => {
    const meant = answer(open, one, now + 1_000);
    // It lies on disk between two messages.
    open = JSON.parse(JSON.stringify(meant.menus));
    return meant;
  });
}

describe('a card in words', () => {
  it('has everything in it, its buttons as numbers', () => {
    const { text } = showCard(noMenus, 'private:ann', false, card('羽毛球'), now);
    expect(text).toBe(
      '【羽毛球】\n周六下午三点，操场\n还剩：12 个名额\n\n回复数字就行：1 报名，2 请假\n也可以发 /帮助',
    );
    expect(showCard(noMenus, 'group:one', true, card('羽毛球'), now).text).toContain(
      '要回应请 @我 加数字：1 报名',
    );
  });

  it('presses the button whose number is given, an older card’s too', () => {
    const first = showCard(noMenus, 'private:ann', false, card('甲'), now);
    const second = showCard(first.menus, 'private:ann', false, card('乙'), now);
    expect(second.text).toContain('3 报名，4 请假');
    expect(talk(second.menus, said('1'), said('４'), said('9'))).toMatchObject([
      { kind: 'command', command: '/报名 甲' },
      { kind: 'command', command: '/请假 乙' },
      { kind: 'talk' },
    ]);
    const elsewhere = showCard(second.menus, 'private:bob', false, card('丙'), now);
    expect(elsewhere.text).toContain('1 报名');
  });

  it('takes nobody’s ordinary talk for an answer', () => {
    const { menus } = showCard(noMenus, 'group:one', true, card('甲'), now);
    expect(talk(menus, inGroup('1'), inGroup('1'), inGroup('2 个人去'))).toMatchObject([
      { kind: 'talk' },
      { kind: 'talk' },
      { kind: 'talk' },
    ]);
    expect(talk(menus, inGroup('1', { toBot: true }), inGroup('2 个人去', { toBot: true }))).toMatchObject([
      { kind: 'command', command: '/报名 甲' },
      { kind: 'talk' },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isGroup) => {
        const meant = answer(menus, isGroup ? inGroup(text) : said(text), now);
        expect(meant.kind).toBe('talk');
      }),
    );
  });

  it('forgets its numbers after a week, and keeps them short', () => {
    const { menus } = showCard(noMenus, 'private:ann', false, card('甲'), now);
    expect(answer(menus, said('1'), now + 8 * 86_400_000).kind).toBe('talk');
    let open = menus;
    for (let i = 0; i < 60; i++) open = showCard(open, 'private:ann', false, card(`${i}`), now).menus;
    expect(open.items.length).toBeLessThanOrEqual(99);
    expect(Math.max(...open.items.map(({ number }) => number))).toBeLessThanOrEqual(99);
  });
});

describe('a form', () => {
  const { menus } = showCard(noMenus, 'private:ann', false, form, now);

  it('is asked field by field', () => {
    const meant = talk(menus, said('1'), said('软件\n技术'), said('什么'), said('2'), said('软件'));
    expect(meant.map(({ kind }) => kind)).toEqual(['reply', 'reply', 'reply', 'command', 'talk']);
    expect(meant[0]).toMatchObject({
      text: expect.stringContaining('（1/2）请告诉我：专业（例如软件技术）'),
    });
    expect(meant[1]).toMatchObject({ text: expect.stringContaining('1 愿意，2 以后再说') });
    expect(meant[3]).toMatchObject({ command: '/登记\n软件 技术\n以后再说' });
  });

  it('can be left, and lets a command through', () => {
    expect(talk(menus, said('1'), said('/帮助'), said('取消'), said('软件'))).toMatchObject([
      { kind: 'reply' },
      { kind: 'talk' },
      { kind: 'reply', text: '好的，不填了。' },
      { kind: 'talk' },
    ]);
  });

  it('means the same when a message comes again', () => {
    const [one, two, three] = [said('1'), said('软件'), said('1')];
    const meant = talk(menus, one, one, two, two, three, three, two);
    expect(meant.map((m) => (m.kind === 'command' ? m.command : m.kind))).toEqual([
      'reply',
      'reply',
      'reply',
      'reply',
      '/登记\n软件\n愿意',
      '/登记\n软件\n愿意',
      'reply',
    ]);
  });

  it('hears in a group only its own person, and only what is said to the bot', () => {
    const open = showCard(noMenus, 'group:one', true, form, now).menus;
    const meant = talk(
      open,
      inGroup('1', { toBot: true }),
      inGroup('软件'),
      inGroup('软件', { toBot: true, person: 'bob' }),
      inGroup('软件', { toBot: true }),
    );
    expect(meant.map(({ kind }) => kind)).toEqual(['reply', 'talk', 'talk', 'reply']);
  });

  it('with one field can be filled in one go', () => {
    const one = {
      ...form,
      form: { command: '/签到', submit: '签到', fields: [{ name: 'c', label: '签到码' }] },
    };
    const open = showCard(noMenus, 'private:ann', false, one, now);
    expect(open.text).toContain('1 签到（数字后面加上签到码）');
    expect(talk(open.menus, said('1 0428'))).toMatchObject([{ kind: 'command', command: '/签到\n0428' }]);
    expect(talk(open.menus, said('1'), said('0428'))[1]).toMatchObject({ command: '/签到\n0428' });
  });
});

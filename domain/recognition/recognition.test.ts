import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchMembers } from './members.ts';
import { type Leader, matchRooms as match, type RoomLook } from './rooms.ts';

const room = (id: string, name: string, ...memberNames: readonly string[]): RoomLook<string> => ({
  id,
  name,
  memberNames,
});
const matchRooms = <K, F>(
  known: readonly RoomLook<K>[],
  fresh: readonly RoomLook<F>[],
  leader: Leader = 'none',
) => match(known, fresh, () => leader);
const names = ['张晓', '赵一', '马二', '曹三', '李四', '王五'];

describe('groups after a login', () => {
  it.each([
    ['the same', room('n', '一班', ...names), 'certain'],
    ['renamed, the same people', room('n', '软件一班', ...names), 'certain'],
    ['one more and one less', room('n', '一班', ...names.slice(1), '新人'), 'certain'],
    ['the same name, half the people gone', room('n', '一班', '张晓', '赵一', '甲', '乙'), 'uncertain'],
    ['another name, some of the people', room('n', '篮球队', ...names.slice(3)), 'uncertain'],
    ['the same name, nobody known', room('n', '一班', '甲', '乙', '丙'), 'uncertain'],
    ['something else', room('n', '二班', '甲', '乙', '丙'), 'new'],
    ['too few to tell', room('n', '小组', '张晓', '赵一'), 'uncertain'],
  ])('%s', (_, fresh, kind) => {
    expect(matchRooms([room('k', '一班', ...names)], [fresh])[0]?.kind).toBe(kind);
  });

  it('that resemble two others, or resemble each other, are asked about', () => {
    const twins = [room('k1', '一班', ...names), room('k2', '一班班委', ...names.slice(0, 4))];
    expect(matchRooms(twins, [room('n', '一班', ...names)])).toEqual([
      { kind: 'uncertain', fresh: 'n', candidates: ['k1', 'k2'] },
    ]);
    const both = matchRooms(
      [room('k', '一班', ...names)],
      [room('n1', '一班', ...names), room('n2', '一班', ...names)],
    );
    expect(both.map(({ kind }) => kind)).toEqual(['uncertain', 'uncertain']);
  });

  it.each([
    ['here', 6, 'certain'],
    ['elsewhere', 6, 'uncertain'],
    ['elsewhere', 40, 'uncertain'],
    // Six accounts with copied names are soon made; the cadre or somebody who knows must say.
    ['unknown', 6, 'uncertain'],
    ['unknown', 40, 'certain'],
    ['none', 6, 'certain'],
  ] as const)('with the cadre %s and %i people of the same names', (leader, people, kind) => {
    const called = Array.from({ length: people }, (_, n) => `同学${n}`);
    const [found] = matchRooms([room('k', '一班', ...called)], [room('n', '一班', ...called)], leader);
    expect(found?.kind).toBe(kind);
  });

  const some = fc.array(fc.constantFrom(...names, '王五', '小明', '小红'), { maxLength: 8 });
  const look = (ids: string) =>
    fc
      .array(fc.record({ name: fc.constantFrom('一班', '二班', ''), memberNames: some }), { maxLength: 4 })
      .map((rooms) => rooms.map((one, i) => ({ id: `${ids}${i}`, ...one })));

  it('are never two taken for one, whatever the order', () => {
    fc.assert(
      fc.property(look('k'), look('n'), (known, fresh) => {
        const matches = matchRooms(known, fresh);
        expect(matches.map((match) => match.fresh)).toEqual(fresh.map(({ id }) => id));
        const taken = matches.flatMap((match) => (match.kind === 'certain' ? [match.known] : []));
        expect(new Set(taken).size).toBe(taken.length);
        const turned = matchRooms([...known].reverse(), [...fresh].reverse());
        const certain = (all: typeof matches) =>
          all.flatMap((match) => (match.kind === 'certain' ? [`${match.fresh}=${match.known}`] : [])).sort();
        expect(certain(turned)).toEqual(certain(matches));
      }),
    );
  });
});

describe('members after a login', () => {
  const member = (id: string, name: string, mark?: string) => ({ id, name, mark });
  const pairs = (matches: readonly { known: string; fresh: string }[]) =>
    matches.map(({ known, fresh }) => `${known}=${fresh}`);

  it('are known by a mark, or by a name that one alone bears', () => {
    const known = [member('a', '张晓', 'M1'), member('b', '赵一'), member('c', '王伟'), member('d', '王伟')];
    const fresh = [
      member('1', '张晓晓', 'M1'),
      member('2', '赵一'),
      member('3', '王伟'),
      member('4', '王伟'),
    ];
    expect(pairs(matchMembers(known, fresh))).toEqual(['a=1', 'b=2']);
    expect(pairs(matchMembers(known.slice(0, 3), fresh))).toEqual(['a=1', 'b=2']);
    expect(pairs(matchMembers(known, fresh.slice(0, 3)))).toEqual(['a=1', 'b=2']);
  });

  it('whom only a mark may tell are never known by a name', () => {
    const impostor = [member('9', '张晓')];
    // A youth whose mark is gone is counted on by the name, which opens nothing.
    expect(matchMembers([member('a', '张晓', 'M1')], impostor)).toEqual([
      { known: 'a', fresh: '9', by: 'name' },
    ]);
    expect(matchMembers([{ ...member('a', '张晓', 'M1'), byMarkOnly: true }], impostor)).toEqual([]);
    expect(matchMembers([{ ...member('a', '张晓'), byMarkOnly: true }], impostor)).toEqual([]);
    // Who bears somebody's mark is nobody else, whatever their name.
    expect(
      pairs(matchMembers([member('a', '甲', 'M1'), member('b', '乙')], [member('9', '乙', 'M1')])),
    ).toEqual(['a=9']);
  });

  it('are no bot because they bear its name', () => {
    const bot = { ...member('b', '联青'), bot: true };
    expect(matchMembers([bot], [member('9', '联青')])).toEqual([]);
    expect(pairs(matchMembers([bot], [member('9', '联青'), { ...member('8', '联青'), bot: true }]))).toEqual([
      'b=8',
    ]);
  });

  it('are matched at most once each', () => {
    const people = fc.array(
      fc.record({
        name: fc.constantFrom('甲', '乙', '丙', ''),
        mark: fc.option(fc.constantFrom('M1', 'M2', 'M3'), { nil: undefined }),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(people, people, (known, fresh) => {
        const number = <T>(all: readonly T[], of: string) =>
          all.map((one, i) => ({ ...one, id: `${of}${i}` }));
        const matches = matchMembers(number(known, 'k'), number(fresh, 'n'));
        expect(new Set(matches.map((m) => m.known)).size).toBe(matches.length);
        expect(new Set(matches.map((m) => m.fresh)).size).toBe(matches.length);
      }),
    );
  });
});

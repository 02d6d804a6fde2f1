import { describe, expect, test } from 'vitest';
import { bind, count, event, type Fields } from '../../tests/support/figures.ts';

describe('activities (rules 6, 7)', () => {
  const held = (at: string, fields: Fields = {}) => event('activity', at, { id: 'a', ...fields });
  const checkIn = (member: string, at: string, fields: Fields = {}) =>
    event('checkin', at, { activity: 'a', member, ...fields });
  const close = (fields: Fields = {}) => event('close', '12-31T08:00:00', { activity: 'a', ...fields });
  const counted = (...lines: Fields[]) => {
    const { quarters, years } = count(bind(), ...lines);
    return [quarters, years];
  };
  const q3 = { '2026-Q3': { activities: 1 } };
  const met = (people: number) => ({ '2026': { met: people } });

  test.each<[string, Fields[], unknown[]]>([
    ['held', [held('09-30T23:59:59'), checkIn('u', '10-01T00:10:00'), close()], [q3, met(1)]],
    ['not closed', [held('09-01T08:00:00'), checkIn('u', '09-01T08:00:00')], [{}, met(1)]],
    ['nobody came', [held('09-01T08:00:00'), close()], [{}, {}]],
    ['only the cadre came', [held('09-01T08:00:00'), checkIn('c', '09-01T08:00:00'), close()], [{}, {}]],
    [
      'online',
      [held('09-01T08:00:00', { offline: false }), checkIn('u', '09-01T08:00:00'), close()],
      [{}, {}],
    ],
    ['before the binding', [held('08-30T08:00:00'), checkIn('u', '09-01T08:00:00'), close()], [{}, {}]],
    [
      'checked in before the binding',
      [held('09-01T08:00:00'), checkIn('u', '08-30T08:00:00'), close()],
      [{}, {}],
    ],
    [
      'a bot came',
      [
        held('09-01T08:00:00'),
        checkIn('b', '09-01T08:00:00'),
        close(),
        bind('08-31T11:00:00', { members: [{ id: 'b', bot: true }] }),
      ],
      [{}, {}],
    ],
    [
      'closed elsewhere',
      [held('09-01T08:00:00'), checkIn('u', '09-01T08:00:00'), close({ group: 'h' })],
      [{}, met(1)],
    ],
    [
      'checked in elsewhere',
      [held('09-01T08:00:00'), checkIn('u', '09-01T08:00:00', { group: 'h' }), close()],
      [{}, {}],
    ],
    ['no such activity', [checkIn('u', '09-01T08:00:00'), close()], [{}, {}]],
  ])('%s', (_, lines, expected) => {
    expect(counted(...lines)).toEqual(expected);
    expect(counted(...lines.toReversed(), ...lines)).toEqual(expected);
  });

  test('people are counted once a year, activities once each; the new year has its own', () => {
    const second = { activity: 'b' };
    expect(
      counted(
        held('12-31T23:00:00'),
        checkIn('u', '12-31T23:00:00'),
        checkIn('v', '12-31T23:00:00'),
        close(),
        event('activity', '10-01T00:00:00', { id: 'b' }),
        checkIn('u', '10-01T00:00:00', second),
        close(second),
        event('activity', '', { at: '2026-12-31T16:00:00Z', id: 'n' }),
        checkIn('u', '12-31T23:00:00', { activity: 'n' }),
      ),
    ).toEqual([{ '2026-Q4': { activities: 2 } }, { '2026': { met: 2 }, '2027': { met: 1 } }]);
  });
});

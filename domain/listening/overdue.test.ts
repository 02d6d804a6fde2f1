import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs } from '../calendar/day.ts';
import { isOverdue } from './overdue.ts';

const open = {
  state: 'open' as const,
  createdAt: 0,
  acceptedAt: undefined,
  kind: undefined,
  dayOnly: false,
};
const days = (many: number) => many * dayMs;

it.each([
  ['two days, nothing said', open, days(2), false],
  ['longer', open, days(2) + 1, true],
  ['anonymous, the third day not over', { ...open, dayOnly: true }, days(3), false],
  ['anonymous, longer', { ...open, dayOnly: true }, days(3) + 1, true],
  ['in hand for a week', { ...open, state: 'accepted' as const, acceptedAt: days(1) }, days(8), false],
  ['in hand for longer', { ...open, state: 'accepted' as const, acceptedAt: days(1) }, days(8) + 1, true],
  [
    'a worry, in hand for longer than three days',
    { ...open, state: 'accepted' as const, acceptedAt: 0, kind: '思想困惑' as const },
    days(3) + 1,
    true,
  ],
  ['answered', { ...open, state: 'answered' as const }, days(99), false],
  ['with the unit', { ...open, state: 'referred' as const }, days(99), false],
] as const)('%s', (_, demand, now, overdue) => {
  expect(isOverdue(demand, now)).toBe(overdue);
});

it('an anonymous one is never overdue before it would be with its time, and at most a day after', () => {
  const kinds = ['open', 'accepted'] as const;
  fc.assert(
    fc.property(fc.nat(dayMs - 1), fc.nat(days(20)), fc.constantFrom(...kinds), (asked, now, state) => {
      const named = (at: number) => isOverdue({ ...open, state, createdAt: asked }, at);
      const anonymous = isOverdue({ ...open, state, dayOnly: true }, now);
      if (anonymous) expect(named(now)).toBe(true);
      if (named(now - dayMs)) expect(anonymous).toBe(true);
    }),
  );
});

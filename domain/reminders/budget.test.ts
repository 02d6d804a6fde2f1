import { expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { budgetOf, isWorthIt } from './budget.ts';

/** 2026-09-07 is a Monday. */
const monday = dayFrom(2026, 9, 7);
const on = (weekday: number) => monday + weekday - 1;
const pressing = { urgency: 1 };
const dated = { urgency: 9 };
const gentle = { urgency: 9, gentle: true } as const;

/** Of how many messages left, at least, each weekday’s evening is worth one. */
it.each([
  ['what is over by tomorrow goes at once', [pressing], [1, 1, 1, 1, 1, 1, 1]],
  ['what has its date leaves one for the days from Thursday on', [dated], [2, 2, 2, 1, 1, 1, 1]],
  ['what can wait leaves two, and then one until Sunday', [gentle], [3, 3, 3, 2, 2, 2, 1]],
  ['the most pressing of them decides', [gentle, dated, pressing], [1, 1, 1, 1, 1, 1, 1]],
  [
    'what can wait does not press, whatever its number says',
    [{ urgency: 0, gentle: true }],
    [3, 3, 3, 2, 2, 2, 1],
  ],
] as const)('%s', (_what, reminders, least) => {
  const found = least.map((_, index) =>
    [0, 1, 2, 3, 4].find((left) => isWorthIt(reminders, left, on(index + 1))),
  );
  expect(found).toEqual(least);
});

it('nothing to say is never worth a message; nobody gets more than the operator allows', () => {
  expect(isWorthIt([], 7, monday)).toBe(false);
  expect([budgetOf(7, undefined), budgetOf(7, 3), budgetOf(2, 5)]).toEqual([7, 3, 2]);
});

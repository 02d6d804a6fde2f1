import { expect, it } from 'vitest';
import { dayFrom, startOfDay } from '../calendar/day.ts';
import { noHolidays } from '../calendar/workdays.ts';
import { adjustPolicy } from '../policy/adjust.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import type { GroupFacts } from '../presence/facts.ts';
import { dueReminders } from './due.ts';
import { withoutHeldElsewhere } from './several-groups.ts';

const cadre = 1;
const start = dayFrom(2025, 11, 3);

/** A group with activities on some days, each with a check-in and a note. */
function group(...held: number[]): GroupFacts {
  return {
    bindings: [{ at: startOfDay(start), eventId: 'b', cadre }],
    bots: new Set(),
    presence: new Map(),
    addresses: new Map(),
    listening: 'all',
    topics: [],
    activities: held.map((day) => ({
      id: String(day),
      at: startOfDay(day),
      offline: true,
      closed: true,
      checkIns: [{ person: 11, at: startOfDay(day) }],
    })),
  };
}

/** Of which groups, by number, an activity is spoken of on a day. */
function spoken(day: number, groups: readonly GroupFacts[], policy = xinjiang) {
  const due = groups.flatMap((facts, n) =>
    dueReminders(facts, policy, startOfDay(day) + 20 * 3_600_000, {
      cadreId: 7,
      person: cadre,
      groupId: n + 1,
      groupName: '',
      mutes: [],
      calendar: noHolidays,
      sent: new Set(),
    }),
  );
  return withoutHeldElsewhere(due, groups, policy, day)
    .filter(({ requirement }) => requirement === 'activity')
    .map(({ groupId, stage }) => `${groupId} ${stage}`);
}

const [near, after] = [dayFrom(2026, 6, 3), dayFrom(2026, 7, 2)];
const may = dayFrom(2026, 5, 8);

it('an activity of the quarter with one group is the cadre’s: the other is not asked for one', () => {
  expect(spoken(near, [group(), group()])).toEqual(['1 4w', '2 4w']);
  expect(spoken(near, [group(), group(may)])).toEqual([]);
  expect(spoken(after, [group(), group()])).toEqual(['1 overdue', '2 overdue']);
  expect(spoken(after, [group(may), group()])).toEqual([]);
});

it('one of the quarter before is none of this one, and two that are asked for are two', () => {
  expect(spoken(near, [group(), group(dayFrom(2026, 3, 8))])).toEqual(['1 4w', '2 4w']);
  const two = adjustPolicy(xinjiang, [
    { requirement: 'activity', threshold: { atLeast: 2 }, reason: '迎新' },
  ]);
  if (two.kind === 'refused') throw new Error('it was refused');
  expect(spoken(near, [group(), group(may)], two.policy)).toEqual(['1 4w', '2 4w']);
  expect(spoken(near, [group(may), group(may + 1)], two.policy)).toEqual([]);
});

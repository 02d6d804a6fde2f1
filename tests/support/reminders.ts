/** Facts of a silent group and what is due of them, for the tests of reminders. */
import { type Day, dayFrom, startOfDay } from '../../domain/calendar/day.ts';
import { noHolidays } from '../../domain/calendar/workdays.ts';
import { xinjiang } from '../../domain/policy/profiles/xinjiang.ts';
import type { GroupFacts } from '../../domain/presence/facts.ts';
import { type About, dueReminders, type Reminder } from '../../domain/reminders/due.ts';

export const hour = 3_600_000;
export const minute = 60_000;
/** The person who is the cadre. */
export const cadre = 1;
/** A day of 2026. */
export const date = (month: number, day: number, year = 2026) => dayFrom(year, month, day);
/** An hour of a day; milliseconds since the epoch. */
export const at = (day: Day, hours = 20) => startOfDay(day) + hours * hour;

/** Bound in January, heard without a gap, and nothing said. */
export const silent: GroupFacts = {
  bindings: [{ at: startOfDay(date(1, 5)), eventId: 'b', cadre }],
  bots: new Set(),
  presence: new Map(),
  addresses: new Map(),
  listening: 'all',
  topics: [],
  activities: [],
};
/** Whom the reminders are for. */
const about: About = {
  cadreId: 7,
  person: cadre,
  groupId: 3,
  groupName: '计科2班',
  mutes: [],
  calendar: noHolidays,
  sent: new Set(),
};

/** The reminders that are due then. */
export function due(now: number, facts: Partial<GroupFacts> = {}, to: Partial<About> = {}): Reminder[] {
  return dueReminders({ ...silent, ...facts }, xinjiang, now, { ...about, ...to });
}

/** What is due, as `requirement stage period`. */
export function stages(now: number, facts: Partial<GroupFacts> = {}, to: Partial<About> = {}): string[] {
  return due(now, facts, to).map(({ requirement, stage, period }) => `${requirement} ${stage} ${period}`);
}

/** Bound on that day, at that hour. */
export function boundOn(day: Day, hours = 9, person = cadre): Pick<GroupFacts, 'bindings'> {
  return { bindings: [{ at: at(day, hours), eventId: 'b', cadre: person }] };
}

/** The cadre and three youths wrote in one half-hour of the day. */
export function lively(day: Day): Pick<GroupFacts, 'presence'> {
  return { presence: new Map([[day, new Map([cadre, 11, 12, 13].map((person) => [person, 1 << 20]))]]) };
}

/** Heard up to now but for one gap. */
export function heardBut(now: number, from: number, until: number): GroupFacts['listening'] {
  return [
    { from: 0, until: from },
    { from: until, until: now },
  ];
}

/** An activity that was held and closed. */
export function activity(
  day: Day,
  change: Partial<GroupFacts['activities'][number]> = {},
): GroupFacts['activities'][number] {
  return {
    id: 'a',
    at: at(day, 15),
    offline: true,
    closed: true,
    checkIns: [{ person: 11, at: at(day, 15) }],
    ...change,
  };
}

/** Tuesday, early in the quarter's middle month: nothing but the voice can be due. */
export const plain = date(5, 12);

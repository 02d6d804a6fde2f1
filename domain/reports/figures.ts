/** The figures of one cadre in one group over a period, by the same rules as 进度 (design.md, counting rules 2–8). */
import { type Day, dayOf } from '../calendar/day.ts';
import { weekOf } from '../calendar/period.ts';
import { type Policy, requirementOf } from '../policy/policy.ts';
import { isHeld, metAt } from '../presence/activity.ts';
import type { PersonId } from '../presence/bindings.ts';
import { isFullyHeard } from '../presence/coverage.ts';
import { exchangeIn } from '../presence/exchange.ts';
import { cadreOf, type GroupFacts } from '../presence/facts.ts';
import { type Participation, participation } from '../presence/topic.ts';
import { voiceOn } from '../presence/voice.ts';
import { hasGap, upToNow } from '../standing/heard.ts';

/** What is left of days and weeks whose presence has been folded into counts. */
export interface Folded {
  readonly days: ReadonlyMap<Day, { readonly voice: boolean; readonly complete: boolean }>;
  /** By their Monday: how many youths had an exchange. */
  readonly weeks: ReadonlyMap<Day, number>;
  /** Of topics opened in folded weeks, by their number: their last counts. */
  readonly topics: ReadonlyMap<string, Participation>;
}

/** Days and weeks of a period, by what can be said of them. The one under way is in none but `of` where it is not met. */
interface Spread {
  readonly met: number;
  /** Over, heard without a gap, and not met. */
  readonly silent: number;
  /** Not heard well enough to say. */
  readonly unknown: number;
  /** All that are counted. */
  readonly of: number;
}

export interface GroupFigures {
  readonly voice: Spread;
  readonly weeks: Spread & { readonly needed: number | undefined };
  readonly topics: readonly ({ readonly id: string; readonly at: number } & Participation)[];
  readonly activities: readonly {
    readonly id: string;
    readonly at: number;
    /** Youths who checked in. */
    readonly met: number;
  }[];
  /** Who was met in person: only counted. */
  readonly met: ReadonlySet<PersonId>;
  /** Days on which the bot heard everything between 07:00 and 23:00, of the days that are counted and over. */
  readonly heard: { readonly full: number; readonly of: number };
}

/**
 * The figures of the days from `from` to `to` on which `cadre` was the group's cadre; nothing before or after is theirs.
 * `facts` are those of the whole weeks that the days lie in. `now`: milliseconds since the epoch.
 */
export function figuresIn(
  given: GroupFacts,
  folded: Folded,
  policy: Policy,
  about: { readonly cadre: PersonId; readonly from: Day; readonly to: Day; readonly now: number },
): GroupFigures {
  const facts = upToNow(given, about.now);
  const today = dayOf(about.now);
  const own = (day: Day) => cadreOf(facts, day) === about.cadre;
  const within = (day: Day) => about.from <= day && day <= Math.min(about.to, today) && own(day);
  const days = daysFrom(about.from, Math.min(about.to, today)).filter(own);
  const voice = (day: Day) => folded.days.get(day)?.voice ?? voiceOn(facts, day);
  const complete = (day: Day) => folded.days.get(day)?.complete ?? isFullyHeard(facts, day);
  const over = days.filter((day) => day < today);
  const gap = (day: Day) =>
    folded.days.has(day) ? !folded.days.get(day)?.complete : hasGap(facts, day, about.now);
  const held = facts.activities.filter((one) => within(dayOf(one.at)) && isHeld(facts, one));
  return {
    voice: {
      met: days.filter(voice).length,
      silent: over.filter((day) => !voice(day) && complete(day)).length,
      unknown: over.filter((day) => !voice(day) && !complete(day)).length,
      of: days.length,
    },
    weeks: weeksIn(facts, folded, policy, { ...about, today, gap }),
    topics: facts.topics
      .filter(({ at }) => within(dayOf(at)))
      .map((topic) => ({
        id: topic.id,
        at: topic.at,
        ...(folded.topics.get(topic.id) ?? participation(facts, topic)),
      })),
    activities: held.map((one) => ({ id: one.id, at: one.at, met: metAt(facts, one).size })),
    met: new Set(
      facts.activities.filter(({ at }) => within(dayOf(at))).flatMap((one) => [...metAt(facts, one)]),
    ),
    heard: { full: over.filter((day) => !gap(day)).length, of: over.length },
  };
}

/**
 * The weeks that lie in the period by their Thursday, as ISO years have it: each week is in one period alone. A week that
 * was partly another cadre's is nobody's.
 */
function weeksIn(
  facts: GroupFacts,
  folded: Folded,
  policy: Policy,
  about: {
    readonly cadre: PersonId;
    readonly from: Day;
    readonly to: Day;
    readonly today: Day;
    readonly gap: (day: Day) => boolean;
  },
): GroupFigures['weeks'] {
  const { cadre, from, to, today, gap } = about;
  const needed = requirementOf(policy, 'interaction')?.threshold.youths;
  const count = { met: 0, silent: 0, unknown: 0, of: 0 };
  for (let thursday = weekOf(from).from + 3; thursday <= to; thursday += 7) {
    const week = weekOf(thursday);
    if (thursday < from || week.from > today) continue;
    const counted = daysFrom(week.from, week.to).filter((day) => cadreOf(facts, day) !== undefined);
    if (counted.length === 0 || counted.some((day) => cadreOf(facts, day) !== cadre)) continue;
    count.of++;
    const exchange = folded.weeks.get(week.from) ?? exchangeIn(facts, week);
    if (needed !== undefined && exchange >= needed) count.met++;
    else if (week.to < today && (counted.length < 7 || counted.some(gap))) count.unknown++;
    else if (week.to < today) count.silent++;
  }
  return { ...count, needed };
}

function daysFrom(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n);
}

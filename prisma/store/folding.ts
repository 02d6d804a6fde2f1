/** Folding: whole weeks older than the retention become counts and are sealed (design.md, The heart). */
import { type Day, dayOf, startOfDay } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import { firstCountedDay } from '../../domain/presence/bindings.ts';
import { coverageOf, isFullyHeard } from '../../domain/presence/coverage.ts';
import { exchangeIn } from '../../domain/presence/exchange.ts';
import { cadreOf, type GroupFacts } from '../../domain/presence/facts.ts';
import { participation } from '../../domain/presence/topic.ts';
import { activeOn, voiceOn } from '../../domain/presence/voice.ts';
import type { Db } from '../database.ts';
import { bindingsOf } from './bindings.ts';
import { loadFacts } from './facts.ts';
import { lockGroup } from './numbering.ts';
import { sealedWeeks } from './presence.ts';

/** The bound groups of an account with a whole week that ended before a day and is not folded yet. */
export async function groupsToFold(db: Db, accountId: number, before: Day): Promise<readonly number[]> {
  const monday = weekOf(before).from;
  const ended = new Date(startOfDay(monday));
  const groups = await db.group.findMany({
    where: { accountId, bindings: { some: { at: { lt: ended } } } },
    select: { id: true, createdAt: true },
    orderBy: { id: 'asc' },
  });
  const folded = await db.foldedWeek.findMany({ where: { week: monday - 7 }, select: { groupId: true } });
  const done = new Set(folded.map((row) => row.groupId));
  // An import may have added days to weeks before those that are folded.
  const present = await db.presence.groupBy({ by: ['groupId'], where: { day: { lt: monday } } });
  const left = new Set(present.map((row) => row.groupId));
  return groups
    .filter(({ id, createdAt }) => left.has(id) || (createdAt < ended && !done.has(id)))
    .map(({ id }) => id);
}

/**
 * Folds every week of a group that ended before a day, silent weeks too, and seals it: counts per day, week and topic
 * stay; presence, addresses and topic marks go. A week that is sealed keeps its counts. Runs inside a transaction.
 */
export async function foldWeeks(db: Db, groupId: number, before: Day): Promise<void> {
  await lockGroup(db, groupId);
  const end = weekOf(before).from;
  const weeks = await weeksToFold(db, groupId, end);
  const [first] = weeks;
  if (first !== undefined) {
    // A day more: who takes part in a topic of the last evening may do so over midnight.
    const facts = await loadFacts(db, groupId, { from: first, to: end });
    await db.foldedDay.createMany({ data: weeks.flatMap((week) => daysOf(facts, groupId, week)) });
    await db.foldedWeek.createMany({
      data: weeks.map((week) => ({ groupId, week, exchange: exchangeIn(facts, weekOf(week)) })),
    });
    await countTopics(db, groupId, facts, new Set(weeks));
  }
  await db.presence.deleteMany({ where: { groupId, day: { lt: end } } });
  await db.address.deleteMany({ where: { groupId, day: { lt: end } } });
  // Also marks that never found a topic; those of topics opened since cannot be as old as this.
  await db.topicMark.deleteMany({ where: { groupId, at: { lt: BigInt(startOfDay(end)) } } });
}

/**
 * The Mondays of the weeks that are not sealed: those with presence, and every one since the bot has had the group and
 * it was bound. Silent weeks of imported history before that have nothing to be kept.
 */
async function weeksToFold(db: Db, groupId: number, end: Day): Promise<readonly Day[]> {
  const bound = firstCountedDay(await bindingsOf(db, groupId));
  if (bound === undefined) return [];
  const { createdAt } = await db.group.findUniqueOrThrow({
    where: { id: groupId },
    select: { createdAt: true },
  });
  const days = await db.presence.groupBy({ by: ['day'], where: { groupId, day: { lt: end } } });
  const weeks = new Set(days.map(({ day }) => weekOf(day).from));
  for (let week = weekOf(Math.max(bound, dayOf(createdAt.getTime()))).from; week < end; week += 7)
    weeks.add(week);
  const sealed = await sealedWeeks(db, groupId);
  return [...weeks].filter((week) => !sealed.has(week)).sort((a, b) => a - b);
}

/** What stays of a week's counted days. */
function daysOf(facts: GroupFacts, groupId: number, week: Day) {
  const days = Array.from({ length: 7 }, (_, i) => week + i);
  return days
    .filter((day) => cadreOf(facts, day) !== undefined)
    .map((day) => ({
      groupId,
      day,
      voice: voiceOn(facts, day),
      active: activeOn(facts, day),
      covered: coverageOf(facts, day, day).heard,
      complete: isFullyHeard(facts, day),
    }));
}

/** The last count of topics whose marks go: some may have come after the topic was closed. */
async function countTopics(
  db: Db,
  groupId: number,
  facts: GroupFacts,
  weeks: ReadonlySet<Day>,
): Promise<void> {
  for (const topic of facts.topics)
    if (weeks.has(weekOf(dayOf(topic.at)).from))
      await db.topic.updateMany({
        where: { groupId, number: Number(topic.id), closedAt: { not: null } },
        data: participation(facts, topic),
      });
}

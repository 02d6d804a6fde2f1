/** Folding: whole weeks older than the retention become counts and are sealed (design.md, The heart). */
import { type Day, startOfDay } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import { coverageOf, isFullyHeard } from '../../domain/presence/coverage.ts';
import { exchangeIn } from '../../domain/presence/exchange.ts';
import { cadreOf } from '../../domain/presence/facts.ts';
import { activeOn, voiceOn } from '../../domain/presence/voice.ts';
import type { Db } from '../database.ts';
import { loadFacts } from './facts.ts';

/** Groups with presence in a whole week that ended before a day. */
export async function groupsToFold(db: Db, before: Day): Promise<readonly number[]> {
  const lastSunday = weekOf(before).from - 1;
  const rows = await db.presence.groupBy({ by: ['groupId'], where: { day: { lte: lastSunday } } });
  return rows.map((row) => row.groupId);
}

/** Folds every week of a group that ended before a day: counts per day and week stay, presence, addresses and topic marks go. */
export async function foldWeeks(db: Db, groupId: number, before: Day): Promise<void> {
  const lastSunday = weekOf(before).from - 1;
  const first = await db.presence.findFirst({
    where: { groupId },
    orderBy: { day: 'asc' },
    select: { day: true },
  });
  if (!first || first.day > lastSunday) return;
  const from = weekOf(first.day).from;
  const facts = await loadFacts(db, groupId, { from, to: lastSunday });
  for (let week = from; week <= lastSunday; week += 7) {
    for (let day = week; day < week + 7; day++) {
      if (cadreOf(facts, day) === undefined) continue;
      const counts = {
        voice: voiceOn(facts, day),
        active: activeOn(facts, day),
        covered: coverageOf(facts, day, day).heard,
        complete: isFullyHeard(facts, day),
      };
      await db.foldedDay.upsert({
        where: { groupId_day: { groupId, day } },
        create: { groupId, day, ...counts },
        update: {},
      });
    }
    const exchange = exchangeIn(facts, weekOf(week));
    await db.foldedWeek.upsert({
      where: { groupId_week: { groupId, week } },
      create: { groupId, week, exchange },
      update: {},
    });
  }
  await db.presence.deleteMany({ where: { groupId, day: { lte: lastSunday } } });
  await db.address.deleteMany({ where: { groupId, day: { lte: lastSunday } } });
  const topics = await db.topic.findMany({
    where: { groupId, closedAt: { not: null }, openedAt: { lt: new Date(startOfDay(lastSunday + 1)) } },
    select: { id: true, number: true, messageId: true },
  });
  for (const topic of topics)
    await db.topicMark.deleteMany({
      where: { groupId, key: { in: [`topic:${topic.id}`, `tag:${topic.number}`, `msg:${topic.messageId}`] } },
    });
}

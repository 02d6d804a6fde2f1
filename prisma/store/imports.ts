/** Writes that only an import makes. Each knows by its source what is there already. */
import { dayOf } from '../../domain/calendar/day.ts';
import { participation } from '../../domain/presence/topic.ts';
import type { Db } from '../database.ts';
import { loadFacts } from './facts.ts';
import { lockGroup } from './numbering.ts';
import { addMarks } from './presence.ts';

/** Cadres whom only a file names belong here: they hold no account, so they may do nothing. */
const importUnit = '（导入）';

/**
 * Adds a binding out of a file. The person counts as the group's cadre from then on, which gives them no right: rights
 * come from a one-time code alone. Returns whether they have proved who they are.
 */
export async function importBinding(
  db: Db,
  groupId: number,
  binding: {
    readonly eventKey: string;
    readonly at: number;
    readonly personId: number;
    readonly name: string;
  },
): Promise<boolean> {
  const proved = await db.cadre.findUnique({ where: { personId: binding.personId }, select: { id: true } });
  const known = await db.binding.findUnique({
    where: { groupId_eventKey: { groupId, eventKey: binding.eventKey } },
    select: { id: true },
  });
  if (known) return proved !== null;
  const cadre = proved ?? (await unprovedCadre(db, binding.name, binding.at));
  await db.binding.create({
    data: {
      groupId,
      cadreId: cadre.id,
      personId: binding.personId,
      at: new Date(binding.at),
      eventKey: binding.eventKey,
    },
  });
  return proved !== null;
}

async function unprovedCadre(db: Db, name: string, at: number): Promise<{ readonly id: number }> {
  const unit = await db.unit.upsert({
    where: { name: importUnit },
    create: { name: importUnit },
    update: {},
    select: { id: true },
  });
  const known = await db.cadre.findFirst({
    where: { name, unitId: unit.id, personId: null },
    select: { id: true },
  });
  return (
    known ??
    db.cadre.create({ data: { name, unitId: unit.id, createdAt: new Date(at) }, select: { id: true } })
  );
}

export interface Imported {
  readonly personId: number;
  readonly at: number;
}

/** Adds topics out of a file, closed as of their end, and counts who took part by all that the group knows. */
export async function importTopics(
  db: Db,
  groupId: number,
  topics: readonly {
    readonly id: string;
    readonly title: string;
    readonly at: number;
    readonly closesAt: number;
    readonly messageId: string | undefined;
    readonly marks: readonly Imported[];
  }[],
): Promise<void> {
  if (topics.length === 0) return;
  await lockGroup(db, groupId);
  const rows = await db.topic.findMany({
    where: { groupId },
    select: { id: true, number: true, source: true },
  });
  let number = Math.max(0, ...rows.map((row) => row.number));
  const bySource = new Map(rows.map((row) => [row.source, row]));
  for (const topic of topics) {
    const source = `import:${topic.id}`;
    const row =
      bySource.get(source) ??
      (await db.topic.create({
        data: {
          groupId,
          number: ++number,
          title: topic.title,
          text: '',
          openedAt: new Date(topic.at),
          closesAt: new Date(topic.closesAt),
          closedAt: new Date(topic.closesAt),
          messageId: topic.messageId ?? null,
          source,
        },
        select: { id: true, number: true },
      }));
    const key = `topic:${row.id}`;
    await addMarks(db, {
      presence: [],
      addresses: [],
      seen: [],
      topicMarks: topic.marks.map((mark) => ({ groupId, key, ...mark })),
    });
    const day = dayOf(topic.at);
    const facts = await loadFacts(db, groupId, { from: day, to: day + 1 });
    const own = facts.topics.find(({ id }) => id === String(row.number));
    if (own) await db.topic.update({ where: { id: row.id }, data: participation(facts, own) });
  }
}

/** Adds activities out of a file with their check-ins. One that is closed in the file is closed here. */
export async function importActivities(
  db: Db,
  groupId: number,
  activities: readonly {
    readonly id: string;
    readonly at: number;
    readonly title: string;
    readonly offline: boolean;
    readonly closed: boolean;
    readonly checkIns: readonly Imported[];
  }[],
): Promise<void> {
  if (activities.length === 0) return;
  await lockGroup(db, groupId);
  const rows = await db.activity.findMany({
    where: { groupId },
    select: { id: true, number: true, source: true, checkIns: { select: { personId: true } } },
  });
  let number = Math.max(0, ...rows.map((row) => row.number));
  const bySource = new Map(rows.map((row) => [row.source, row]));
  for (const activity of activities) {
    const source = `import:${activity.id}`;
    const at = new Date(activity.at);
    const closing = activity.closed ? { closedAt: at, note: '（导入）' } : {};
    const known = bySource.get(source);
    // What was closed or cancelled here since stays as it is.
    if (known && activity.closed)
      await db.activity.updateMany({ where: { id: known.id, closedAt: null }, data: closing });
    const { id: activityId } =
      known ??
      (await db.activity.create({
        data: {
          groupId,
          number: ++number,
          title: activity.title,
          startsAt: at,
          endsAt: at,
          offline: activity.offline,
          createdAt: at,
          source,
          ...closing,
        },
        select: { id: true },
      }));
    const there = new Set(known?.checkIns.map((checkIn) => checkIn.personId));
    const missing = new Map(activity.checkIns.map(({ personId, at }) => [personId, at]));
    await db.checkIn.createMany({
      data: [...missing]
        .filter(([personId]) => !there.has(personId))
        .map(([personId, at]) => ({ activityId, personId, at: new Date(at) })),
    });
  }
}

/** Writes that only an import makes. Each knows by its source what is there already. */
import type { Db } from '../database.ts';
import { lockGroup } from './numbering.ts';

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
  const known = await db.cadre.findFirst({ where: { name, unitId: unit.id }, select: { id: true } });
  return (
    known ??
    db.cadre.create({ data: { name, unitId: unit.id, createdAt: new Date(at) }, select: { id: true } })
  );
}

export interface Imported {
  readonly personId: number;
  readonly at: number;
}

/** Adds topics out of a file, closed as of their end, with their counts. */
export async function importTopics(
  db: Db,
  groupId: number,
  topics: readonly {
    readonly id: string;
    readonly at: number;
    readonly closesAt: number;
    readonly messageId: string | undefined;
    readonly clear: number;
    readonly inferred: number;
    readonly marks: readonly Imported[];
  }[],
): Promise<void> {
  await lockGroup(db, groupId);
  let { number } = (await db.topic.findFirst({ where: { groupId }, orderBy: { number: 'desc' } })) ?? {
    number: 0,
  };
  for (const topic of topics) {
    const source = `import:${topic.id}`;
    let row = await db.topic.findUnique({
      where: { groupId_source: { groupId, source } },
      select: { id: true },
    });
    row ??= await db.topic.create({
      data: {
        groupId,
        number: ++number,
        title: `（导入）${topic.id}`,
        text: '',
        openedAt: new Date(topic.at),
        closesAt: new Date(topic.closesAt),
        closedAt: new Date(topic.closesAt),
        messageId: topic.messageId ?? null,
        clear: topic.clear,
        inferred: topic.inferred,
        source,
      },
      select: { id: true },
    });
    const key = `topic:${row.id}`;
    for (const { personId, at } of topic.marks)
      await db.topicMark.upsert({
        where: { groupId_key_personId_at: { groupId, key, personId, at: BigInt(at) } },
        create: { groupId, key, personId, at: BigInt(at) },
        update: {},
      });
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
  await lockGroup(db, groupId);
  let { number } = (await db.activity.findFirst({ where: { groupId }, orderBy: { number: 'desc' } })) ?? {
    number: 0,
  };
  for (const activity of activities) {
    const source = `import:${activity.id}`;
    const at = new Date(activity.at);
    const closing = activity.closed ? { closedAt: at, note: '（导入）' } : {};
    let row = await db.activity.findUnique({
      where: { groupId_source: { groupId, source } },
      select: { id: true },
    });
    if (row) await db.activity.update({ where: { id: row.id }, data: closing });
    else
      row = await db.activity.create({
        data: {
          groupId,
          number: ++number,
          title: activity.title || `（导入）${activity.id}`,
          startsAt: at,
          endsAt: at,
          offline: activity.offline,
          code: '',
          createdAt: at,
          source,
          ...closing,
        },
        select: { id: true },
      });
    for (const checkIn of activity.checkIns)
      await db.checkIn.upsert({
        where: { activityId_personId: { activityId: row.id, personId: checkIn.personId } },
        create: { activityId: row.id, personId: checkIn.personId, at: new Date(checkIn.at) },
        update: {},
      });
  }
}

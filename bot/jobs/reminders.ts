/**
 * The evening digest: what is due to each cadre, in one private message. A reminder's row and the digest that holds it
 * commit together, each under a key that says what it is about: neither can be there twice.
 */
import { civilOf, dayOf } from '../../domain/calendar/day.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import { defaultProfile } from '../../domain/policy/profiles/profiles.ts';
import { composeDigest } from '../../domain/reminders/digest.ts';
import { digestKey, dueReminders, type Reminder } from '../../domain/reminders/due.ts';
import { dutyReminders } from '../../domain/reminders/duties.ts';
import { isDigestTime } from '../../domain/reminders/stages.ts';
import { cadreOverdue, cadreStandings } from '../../domain/standing/evaluate.ts';
import { daysNeeded, measureProgress } from '../../domain/standing/measure.ts';
import { presenceStandings } from '../../domain/standing/presence.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { type CadreOfPerson, groupsLedBy, provedCadres } from '../../prisma/store/cadres.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { youthsOf } from '../../prisma/store/identity.ts';
import { mutesOf } from '../../prisma/store/mutes.ts';
import { say } from '../../prisma/store/outbox.ts';
import { lockCadre, noteReminders, sentKeys } from '../../prisma/store/reminders.ts';
import { cadreFacts } from '../../prisma/store/standing.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

/** Looked at this often; what is due when is the domain's to say. */
const everyMs = 5 * 60_000;

/** The job under a calendar of holidays. */
export function reminders(calendar: WorkCalendar): Job {
  return {
    name: 'reminders',
    lastDue: (now) => now - (now % everyMs),
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      if (!isDigestTime(now)) return;
      await each(await provedCadres(database.db), (cadre) =>
        database.transaction((tx) => remind(tx, cadre, now, calendar)),
      );
    },
  };
}

/** Until units choose theirs, the default profile binds everybody. */
const policy = defaultProfile;

async function remind(tx: Tx, cadre: CadreOfPerson, now: number, calendar: WorkCalendar): Promise<void> {
  const today = dayOf(now);
  const key = digestKey(cadre.id, today);
  const sent = await sentKeys(tx, cadre.id, key);
  if (sent.has(key)) return;
  const mutes = await mutesOf(tx, cadre.id, now);
  const groups = await groupsLedBy(tx, cadre.personId, today);
  if (groups.length === 0) return;
  const facts = await cadreFacts(tx, cadre, groups, today);
  const common = { cadreId: cadre.id, mutes, sent, calendar, since: facts.since };
  const due: Reminder[] = [];
  for (const group of groups) {
    const here = { ...common, person: cadre.personId, groupId: group.id, groupName: group.name };
    const heard = await loadFacts(tx, group.id, daysNeeded(now));
    due.push(...dueReminders(heard, policy, now, here));
    const progress = measureProgress(heard, policy, now, {
      group: group.name,
      cadre: cadre.name,
      unit: cadre.unit,
      roster: new Set(await youthsOf(tx, group.id, cadre.personId)),
      topicTitles: new Map(),
    });
    const faces = presenceStandings(policy, progress, facts).filter(
      ({ requirement }) => requirement.measure === 'face-to-face',
    );
    due.push(...dutyReminders(policy, faces, [], now, here));
  }
  due.push(
    ...dutyReminders(policy, cadreStandings(policy, facts, today), cadreOverdue(policy, facts, today), now, {
      ...common,
      groupId: 0,
      groupName: '',
    }),
  );
  const { year } = civilOf(today);
  const digest = composeDigest(due, calendar.years.has(year) ? undefined : year);
  if (!digest) return;
  // Another process may have been as far: the second waits here, and then sees the first one's digest.
  await lockCadre(tx, cadre.id);
  if ((await sentKeys(tx, cadre.id, key)).has(key)) return;
  const told = new Set(digest.keys);
  await noteReminders(
    tx,
    due.filter((reminder) => told.has(reminder.key)),
    now,
  );
  const { accountId } = await tx.person.findUniqueOrThrow({
    where: { id: cadre.personId },
    select: { accountId: true },
  });
  await say(
    tx,
    accountId,
    toRow({
      key,
      kind: 'reminder',
      to: { personId: cadre.personId },
      draft: { type: 'card', title: digest.title, text: digest.text, buttons: digest.buttons },
      expiresAt: digest.expiresAt,
    }),
    now,
  );
}

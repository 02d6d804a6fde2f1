/**
 * The evening digest: what is due to each cadre, in one private message. A reminder's row and the digest that holds it
 * commit together, each under a key that says what it is about: neither can be there twice.
 */
import { dayOf } from '../../domain/calendar/day.ts';
import { xinjiang } from '../../domain/policy/xinjiang.ts';
import { composeDigest } from '../../domain/reminders/digest.ts';
import { digestKey, dueReminders, type Reminder } from '../../domain/reminders/due.ts';
import { followUpDue } from '../../domain/reminders/follow-up.ts';
import { isDigestTime } from '../../domain/reminders/stages.ts';
import { daysNeeded } from '../../domain/standing/measure.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { type CadreOfPerson, groupsLedBy, provedCadres } from '../../prisma/store/cadres.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { mutesOf } from '../../prisma/store/mutes.ts';
import { say } from '../../prisma/store/outbox.ts';
import { lockCadre, noteReminders, sentKeys } from '../../prisma/store/reminders.ts';
import { topicsToFollow } from '../../prisma/store/topics.ts';
import { startersFor } from '../commands/starters.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';

/** Looked at this often; what is due when is the domain's to say. */
const everyMs = 5 * 60_000;

export const reminders: Job = {
  name: 'reminders',
  lastDue: (now) => now - (now % everyMs),
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    if (!isDigestTime(now)) return;
    await each(await provedCadres(database.db), (cadre) =>
      database.transaction((tx) => remind(tx, cadre, now)),
    );
  },
};

async function remind(tx: Tx, cadre: CadreOfPerson, now: number): Promise<void> {
  const key = digestKey(cadre.id, dayOf(now));
  const sent = await sentKeys(tx, cadre.id, key);
  if (sent.has(key)) return;
  const mutes = await mutesOf(tx, cadre.id, now);
  const due: Reminder[] = [];
  for (const group of await groupsLedBy(tx, cadre.personId, dayOf(now))) {
    const facts = await loadFacts(tx, group.id, daysNeeded(now));
    const about = {
      cadreId: cadre.id,
      person: cadre.personId,
      groupId: group.id,
      groupName: group.name,
      mutes,
      sent,
    };
    due.push(...dueReminders(facts, xinjiang, now, about));
    const followUp = followUpDue(await topicsToFollow(tx, group.id, now), now, about);
    if (followUp) due.push(followUp);
  }
  const isSilent = due.some(({ requirement }) => requirement === 'voice');
  const digest = composeDigest(due, isSilent ? startersFor(cadre.id, dayOf(now)) : []);
  if (!digest) return;
  // Another process may have been as far: the second waits here, and then sees the first one's digest.
  await lockCadre(tx, cadre.id);
  if ((await sentKeys(tx, cadre.id, key)).has(key)) return;
  await noteReminders(tx, due, now);
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

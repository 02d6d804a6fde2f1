/**
 * The evening digest: what is due to each cadre and to each unit's administrators, in one private message a person. A
 * reminder's row and the digest that holds it commit together, each under a key that says what it is about: neither
 * can be there twice.
 */
import { dayOf, formatDay } from '../../domain/calendar/day.ts';
import type { WorkCalendar } from '../../domain/calendar/workdays.ts';
import { budgetOf, isWorthIt, usualPerWeek } from '../../domain/reminders/budget.ts';
import { composeDigest, unknownYearNotice } from '../../domain/reminders/digest.ts';
import { digestKey, type Reminder } from '../../domain/reminders/due.ts';
import { earliestDigest, isDigestTime } from '../../domain/reminders/stages.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { provedAdministrators } from '../../prisma/store/administrators.ts';
import { type CadreOfPerson, provedCadres } from '../../prisma/store/cadres.ts';
import { say } from '../../prisma/store/outbox.ts';
import { reminderSettings, remindersInWeek } from '../../prisma/store/reminder-settings.ts';
import { lockRecipient, noteReminders, type Recipient, sentKeys } from '../../prisma/store/reminders.ts';
import { startersFor } from '../commands/topics/starters.ts';
import { toRow } from '../outbox/row.ts';
import { each, type Job } from './job.ts';
import { type Administrator, cadreReminders, unitReminders } from './reminders-due.ts';

/** Looked at this often; what is due when is the domain's to say. */
const everyMs = 5 * 60_000;

/** The job under a calendar of holidays; nobody gets more than `perWeek` messages that they did not ask for. */
export function reminders(calendar: WorkCalendar, perWeek = usualPerWeek): Job {
  return {
    name: 'reminders',
    lastDue: (now) => now - (now % everyMs),
    catchUpMs: Number.POSITIVE_INFINITY,
    async run(database: Database, now: number) {
      if (!isDigestTime(now, earliestDigest)) return;
      const people = await peopleToRemind(database);
      const settings = await reminderSettings(
        database.db,
        people.map(({ personId }) => personId),
      );
      const due = people.filter(({ personId }) => isDigestTime(now, settings.get(personId)?.minute));
      await each(due, (person) =>
        database.transaction((tx) => {
          const { minute, weekly } = settings.get(person.personId) ?? {};
          return remind(tx, person, now, calendar, { minute, budget: budgetOf(perWeek, weekly) });
        }),
      );
    },
  };
}

/** Somebody who is reminded as a cadre, as an administrator, or as both: still one message. */
interface Reminded {
  readonly personId: number;
  readonly cadre: CadreOfPerson | undefined;
  readonly administrator: Administrator | undefined;
}

async function peopleToRemind({ db }: Database): Promise<readonly Reminded[]> {
  const people = new Map<number, Reminded>();
  for (const cadre of await provedCadres(db))
    people.set(cadre.personId, { personId: cadre.personId, cadre, administrator: undefined });
  for (const administrator of await provedAdministrators(db)) {
    const { personId } = administrator;
    people.set(personId, { personId, cadre: people.get(personId)?.cadre, administrator });
  }
  return [...people.values()];
}

async function remind(
  tx: Tx,
  person: Reminded,
  now: number,
  calendar: WorkCalendar,
  { minute, budget }: { readonly minute: number | undefined; readonly budget: number },
): Promise<void> {
  const { personId, cadre, administrator } = person;
  const today = dayOf(now);
  const recipient: Recipient = { cadreId: cadre?.id, administratorId: administrator?.id };
  const key = cadre ? digestKey(cadre.id, today) : `digest/admin${administrator?.id}/${formatDay(today)}`;
  const sent = await sentKeys(tx, recipient, key);
  if (sent.has(key)) return;
  const own = cadre ? await cadreReminders(tx, cadre, now, calendar, sent, minute) : [];
  const records = cadre !== undefined && cadre.unit === administrator?.unit;
  const units = administrator
    ? await unitReminders(tx, administrator, now, calendar, sent, minute, records)
    : [];
  const whom = cadre ? `${cadre.id}` : `admin${administrator?.id}`;
  const left = budget - ((await remindersInWeek(tx, [personId], now)).get(personId) ?? 0);
  if (!isWorthIt([...own, ...units], left, today)) return;
  const notice = unknownYearNotice(calendar, today, whom, sent);
  const digest = composeDigest([...own, ...units], {
    unknownYear: notice?.year,
    starters: cadre && isSilent(own) ? startersFor(cadre.id, today) : [],
  });
  if (!digest) return;
  // Another process may have been as far: the second waits here, and then sees the first one's digest.
  await lockRecipient(tx, recipient);
  if ((await sentKeys(tx, recipient, key)).has(key)) return;
  // What is not said this evening is not noted as told: it comes up again next week, if it still matters.
  if (((await remindersInWeek(tx, [personId], now)).get(personId) ?? 0) >= budget) return;
  const told = new Set(digest.keys);
  const noted = (of: readonly Reminder[], to: Recipient) =>
    of.filter((reminder) => told.has(reminder.key)).map((reminder) => ({ ...reminder, recipient: to }));
  const noticed = notice
    ? [
        {
          key: notice.key,
          recipient,
          groupId: 0,
          requirement: 'holidays',
          period: `${notice.year}`,
          stage: 'notice',
        },
      ]
    : [];
  await noteReminders(
    tx,
    [
      ...noted(own, { cadreId: cadre?.id }),
      ...noted(units, { administratorId: administrator?.id }),
      ...noticed,
    ],
    now,
  );
  const { accountId } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { accountId: true },
  });
  await say(
    tx,
    accountId,
    toRow({
      key,
      kind: 'reminder',
      to: { personId },
      draft: { type: 'card', title: digest.title, text: digest.text, buttons: digest.buttons },
      expiresAt: digest.expiresAt,
    }),
    now,
  );
}

function isSilent(due: readonly Reminder[]): boolean {
  return due.some(({ requirement }) => requirement === 'voice');
}

/** After a soak: whether everything acknowledged is there, done once and answered once. */
import type { Database } from '../prisma/database.ts';
import type { Asked, School } from './soak-school.ts';

/** Counts, beside the program, how often each row of the inbox is marked done. */
export async function watchInbox({ db }: Database): Promise<void> {
  await db.$executeRawUnsafe('CREATE TABLE "Ran" ("key" TEXT)');
  await db.$executeRawUnsafe(
    'CREATE TRIGGER "ran" AFTER UPDATE OF "doneAt" ON "Inbox" BEGIN INSERT INTO "Ran" VALUES (NEW."key"); END',
  );
}

/** Rows that are not done or not said yet. */
export async function unfinished({ db }: Database): Promise<number> {
  const heard = await db.inbox.count({ where: { doneAt: null } });
  return heard + (await db.outbox.count({ where: { state: { in: ['pending', 'sending'] } } }));
}

/** What is wrong, one line each; nothing when all is well. */
export async function faultsOf(database: Database, school: School): Promise<string[]> {
  const { db } = database;
  const faults: string[] = [];
  const must = (holds: boolean, what: string) => {
    if (!holds) faults.push(what);
  };
  const { totals } = school;
  const kept = new Set((await db.inbox.findMany({ select: { key: true } })).map(({ key }) => key));
  for (const press of school.pressed) {
    must(kept.has(`e:${press.eventId}`), `press ${press.eventId} is lost`);
    const answers = school.answersTo(press);
    must(answers === 1, `press ${press.eventId} was answered ${answers} times`);
  }
  for (const key of kept) if (school.mayAnswer.has(key.slice(2))) totals.commands.add(key.slice(2));
  // A press that failed before the person's eyes may have been taken all the same.
  for (const key of kept) if (key.startsWith('e:')) totals.commands.add(key.slice(2));
  await totals.compare(database).catch((fault: Error) => faults.push(fault.message));

  must((await db.inbox.count({ where: { fault: { not: null } } })) === 0, 'rows of the inbox failed');
  must((await unfinished(database)) === 0, 'rows are left to be done or said');
  const ran = await db.$queryRawUnsafe<{ key: string }[]>('SELECT "key" FROM "Ran"');
  must(
    ran.length === kept.size && new Set(ran.map(({ key }) => key)).size === kept.size,
    'a row was not done once',
  );
  const rows = await db.outbox.findMany({ select: { state: true } });
  for (const state of new Set(rows.map((row) => row.state)))
    if (state !== 'sent')
      faults.push(`${rows.filter((row) => row.state === state).length} messages are ${state}`);
  must(
    rows.length === school.saidByBot.length,
    `${school.saidByBot.length} messages arrived, ${rows.length} were meant`,
  );
  const uuids = new Set(school.saidByBot.map(({ chatId, uuid }) => `${chatId} ${uuid}`));
  must(uuids.size === school.saidByBot.length, 'a message arrived twice under one uuid');

  const answered = countBy(school.saidByBot.map(({ parentId }) => parentId ?? ''));
  const demands = countBy((await db.demand.findMany()).map(({ text }) => `/诉求 ${text}`));
  for (const asked of school.asked) {
    if (!totals.commands.has(asked.messageId)) continue;
    for (const [what, times] of timesOf(asked))
      must(times === 1, `${asked.kind} ${asked.messageId}: ${what} ${times} times`);
  }
  function timesOf({ kind, messageId, text }: Asked): [string, number][] {
    const subject = text
      .split(' ')
      .slice(kind === 'topic' ? 2 : 1)
      .join(' ');
    // The cadre's card about a demand begins with it; the cards about others like it name it within a line.
    const told = school.saidByBot.filter(({ content }) =>
      kind === 'demand'
        ? content.includes(`"${subject}`)
        : content.includes(subject) && content.includes('我来说'),
    );
    const shown = kind === 'progress' ? 1 : told.length;
    const quoted = kind === 'topic' ? 1 : (answered.get(messageId) ?? 0);
    return [
      ['shown', shown],
      ['answered', quoted],
      ['kept', kind === 'demand' ? (demands.get(text) ?? 0) : 1],
    ];
  }
  return faults;
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

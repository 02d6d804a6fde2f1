/** What a stream amounts to, counted the plain way in memory, and whether a database says the same. */
import { dayOf, halfHourOf } from '../domain/calendar/day.ts';
import { withSlot } from '../domain/presence/slots.ts';
import { isCommand, isSubstantive } from '../domain/presence/substantive.ts';
import type { Database } from '../prisma/database.ts';
import { groupCount, groupName, memberName, Stream } from './stream.ts';

export interface Totals {
  /** Half-hours by group, day and person. */
  readonly presence: ReadonlyMap<string, number>;
  /** Group, day, from, to: where one of the two is the cadre. */
  readonly addresses: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
}

/** Counts the first messages of a stream. */
export function expectedOf(seed: number, messages: number): Totals {
  const stream = new Stream(seed);
  const cadres = new Map(Array.from({ length: groupCount }, (_, g) => [groupName(g), memberName(g, 0)]));
  const presence = new Map<string, number>();
  const addresses = new Set<string>();
  const commands = new Set<string>();
  for (let n = 0; n < messages; n++) {
    const event = stream.next();
    if (isCommand(event.text)) {
      commands.add(event.id);
      continue;
    }
    if (!isSubstantive(event)) continue;
    const day = dayOf(event.at);
    const from = event.sender.id;
    const key = `${event.chat.id} ${day} ${from}`;
    presence.set(key, withSlot(presence.get(key) ?? 0, halfHourOf(event.at)));
    const cadre = cadres.get(event.chat.id);
    for (const to of [...event.mentions, ...(event.quotes?.sender ? [event.quotes.sender] : [])])
      if (to !== from && (to === cadre || from === cadre))
        addresses.add(`${event.chat.id} ${day} ${from} ${to}`);
  }
  return { presence, addresses, commands };
}

/** Throws when the database does not hold exactly these totals. */
export async function compare(database: Database, expected: Totals): Promise<void> {
  const { db } = database;
  const people = new Map((await db.personAlias.findMany()).map((row) => [row.personId, row.externalId]));
  const groups = new Map((await db.groupAlias.findMany()).map((row) => [row.groupId, row.externalId]));
  const presence = new Map(
    (await db.presence.findMany()).map((row) => [
      `${groups.get(row.groupId)} ${row.day} ${people.get(row.personId)}`,
      Number(row.slots),
    ]),
  );
  const addresses = new Set(
    (await db.address.findMany()).map(
      (row) => `${groups.get(row.groupId)} ${row.day} ${people.get(row.fromId)} ${people.get(row.toId)}`,
    ),
  );
  const commands = new Set(
    (await db.inbox.findMany({ select: { key: true } })).map((row) => row.key.slice(2)),
  );
  for (const [key, slots] of expected.presence)
    if (presence.get(key) !== slots)
      throw new Error(`presence of ${key}: ${presence.get(key)}, not ${slots}`);
  if (presence.size !== expected.presence.size) throw new Error('presence that nobody wrote');
  sameSet('addresses', addresses, expected.addresses);
  sameSet('commands', commands, expected.commands);
}

function sameSet(what: string, found: ReadonlySet<string>, expected: ReadonlySet<string>): void {
  for (const key of expected) if (!found.has(key)) throw new Error(`${what}: ${key} is missing`);
  if (found.size !== expected.size) throw new Error(`${what}: ${found.size}, not ${expected.size}`);
}

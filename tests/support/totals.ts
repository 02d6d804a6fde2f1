/** What messages amount to, counted the plain way in memory, and whether a database says the same. */
import type { MessageEvent } from '../../adapters/adapter.ts';
import { dayOf, halfHourOf } from '../../domain/calendar/day.ts';
import { withSlot } from '../../domain/presence/slots.ts';
import { isCommand, isSubstantive } from '../../domain/presence/substantive.ts';
import type { Database } from '../../prisma/database.ts';

export class Totals {
  /** Half-hours by group, day and person. */
  readonly presence = new Map<string, number>();
  /** Group, day, from and to: where one of the two is the cadre. */
  readonly addresses = new Set<string>();
  /** Messages that are commands. */
  readonly commands = new Set<string>();
  readonly #cadreOf: (group: string) => string | undefined;

  /** `cadreOf`: the platform's id of a group's cadre, the same on all days. */
  constructor(cadreOf: (group: string) => string | undefined) {
    this.#cadreOf = cadreOf;
  }

  add(event: MessageEvent): void {
    if (isCommand(event.text)) {
      this.commands.add(event.id);
      return;
    }
    if (!isSubstantive(event)) return;
    const from = event.sender.id;
    const place = `${event.chat.id} ${dayOf(event.at)}`;
    const key = `${place} ${from}`;
    this.presence.set(key, withSlot(this.presence.get(key) ?? 0, halfHourOf(event.at)));
    const cadre = this.#cadreOf(event.chat.id);
    const addressed = event.quotes?.sender ? [...event.mentions, event.quotes.sender] : event.mentions;
    for (const to of addressed)
      if (to !== from && (to === cadre || from === cadre)) this.addresses.add(`${place} ${from} ${to}`);
  }

  /** Throws when the database does not hold exactly these presence and address rows, and these commands. */
  async compare({ db }: Database): Promise<void> {
    const people = new Map((await db.personAlias.findMany()).map((row) => [row.personId, row.externalId]));
    const groups = new Map((await db.groupAlias.findMany()).map((row) => [row.groupId, row.externalId]));
    const presence = new Map<string, number>();
    for (const row of await db.presence.findMany())
      presence.set(`${groups.get(row.groupId)} ${row.day} ${people.get(row.personId)}`, Number(row.slots));
    for (const [key, slots] of this.presence)
      if (presence.get(key) !== slots)
        throw new Error(`presence of ${key}: ${presence.get(key)}, not ${slots}`);
    same('presence', new Set(presence.keys()), new Set(this.presence.keys()));
    const addresses = (await db.address.findMany()).map(
      (row) => `${groups.get(row.groupId)} ${row.day} ${people.get(row.fromId)} ${people.get(row.toId)}`,
    );
    same('addresses', new Set(addresses), this.addresses);
    const kept = await db.inbox.findMany({ select: { key: true } });
    same('commands', new Set(kept.map((row) => row.key.slice(2))), this.commands);
  }
}

function same(what: string, found: ReadonlySet<string>, expected: ReadonlySet<string>): void {
  for (const key of expected) if (!found.has(key)) throw new Error(`${what}: ${key} is missing`);
  for (const key of found) if (!expected.has(key)) throw new Error(`${what}: nobody wrote ${key}`);
}

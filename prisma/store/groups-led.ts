/** The groups that some cadres lead on a day (design.md, counting rule 9), with the counts that are kept of them. */
import { z } from 'zod';
import { type Day, dayOf } from '../../domain/calendar/day.ts';
import type { Period } from '../../domain/calendar/period.ts';
import {
  type Binding,
  cadreOn,
  orderBindings,
  type Stint,
  stintsOf,
} from '../../domain/presence/bindings.ts';
import type { Statements } from '../database.ts';
import type { GroupCounts } from './group-count-rows.ts';
import { yearNumber } from './group-counts.ts';
import { among, fromInstant, instantOf, listed, packed, sql } from './packed.ts';

/** A group that a cadre leads. */
export interface Led {
  readonly id: number;
  readonly cadreId: number;
  /** The cadre's present person. */
  readonly personId: number;
  /** Who has led it from when until when, by the persons that they were bound as. */
  readonly stints: readonly Stint[];
  /** The group's revision before anything else was read of it. */
  readonly revision: number;
  /** What was counted at that revision, for this cadre and year. */
  readonly kept: GroupCounts | undefined;
  /** Who owns it, as {@link OwnedGroup} has it. */
  readonly ownerId: number | null;
  readonly ownerSaid: boolean;
}

interface BindingRow {
  readonly id: number;
  readonly cadreId: number;
  readonly personId: number;
  /** The cadre's present person; 0 where they have not proved who they are. */
  readonly proved: number;
  readonly at: number;
}

interface Group extends Pick<Led, 'id' | 'revision' | 'ownerId' | 'ownerSaid'> {
  readonly keptFor: number;
  readonly counts: GroupCounts;
  readonly bindings: BindingRow[];
}

/** The groups that these cadres, and no others, lead on a day, with what is kept of them for a year. */
export async function groupsLed(
  db: Statements,
  cadreIds: readonly number[],
  today: Day,
  year: Period,
): Promise<readonly Led[]> {
  const known = new Set(cadreIds);
  const groups = await boundGroups(db, cadreIds, year);
  const keys = await eventKeys(db, groups);
  return groups.flatMap((group) => {
    const holder = holderOn(group, keys, today);
    if (!holder || !known.has(holder.cadreId)) return [];
    const { id, revision, keptFor, counts, ownerId, ownerSaid } = group;
    return {
      id,
      cadreId: holder.cadreId,
      personId: holder.proved,
      stints: stintsOf(ordered(group.bindings, keys, ({ personId }) => personId)),
      revision,
      kept: keptFor === holder.cadreId ? counts : undefined,
      ownerId,
      ownerSaid,
    };
  });
}

/** The groups that any of these cadres was ever bound to, with all their bindings. */
async function boundGroups(
  db: Statements,
  cadreIds: readonly number[],
  year: Period,
): Promise<readonly Group[]> {
  const bound = await packed(
    db,
    sql`SELECT string_agg(CAST(f."groupId" AS TEXT), ';') AS "text" FROM (
          SELECT DISTINCT o."groupId" FROM "Binding" o WHERE ${among('o."cadreId"', cadreIds)}) f`,
  );
  const wanted = new Set<number>();
  while (bound.more) wanted.add(bound.number());
  const ids = [...wanted];
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(g."id" || ',' || g."revision" || ',' ||
                        COALESCE(k."cadreId" || ',' || k."roster" || ',' || k."met" || ',' || k."held1" || ',' ||
                                 k."held2" || ',' || k."held3" || ',' || k."held4", '0,0,0,0,0,0,0') || ',' ||
                        COALESCE(g."ownerId", 0) || ',' || CASE WHEN g."ownerSaid" THEN 1 ELSE 0 END || ',' ||
                        b."id" || ',' || b."cadreId" || ',' || b."personId" || ',' ||
                        COALESCE((SELECT c."personId" FROM "Cadre" c WHERE c."id" = b."cadreId"), 0) || ',' ||
                        ${instantOf('b."at"')}, ';') AS "text"
        FROM "Binding" b
        JOIN "Group" g ON g."id" = b."groupId" AND ${among('g."id"', ids)} AND g."leftAt" IS NULL
        LEFT JOIN "GroupCount" k ON k."groupId" = g."id" AND k."revision" = g."revision"
                                AND k."year" = ${yearNumber(year)} AND ${among('k."groupId"', ids)}
       WHERE ${among('b."groupId"', ids)}`,
  );
  const found = new Map<number, Group>();
  while (rows.more) {
    const [id, revision, keptFor] = [rows.number(), rows.number(), rows.number()];
    const [roster, met] = [rows.number(), rows.number()];
    const held = [rows.number(), rows.number(), rows.number(), rows.number()] as const;
    const [owner, ownerSaid] = [rows.number(), rows.number() === 1];
    const binding = {
      id: rows.number(),
      cadreId: rows.number(),
      personId: rows.number(),
      proved: rows.number(),
      at: fromInstant(rows.text()),
    };
    if (!wanted.has(id)) continue;
    const before = found.get(id);
    if (before) before.bindings.push(binding);
    else
      found.set(id, {
        id,
        revision,
        keptFor,
        counts: { roster, met, held },
        ownerId: owner === 0 ? null : owner,
        ownerSaid,
        bindings: [binding],
      });
  }
  return [...found.values()];
}

const keyRows = z.array(z.object({ id: z.coerce.number(), eventKey: z.string() }));

/** The keys of those bindings that are at the same instant as another of the group: only these are ordered by them. */
async function eventKeys(db: Statements, groups: readonly Group[]): Promise<ReadonlyMap<number, string>> {
  const tied = groups
    .filter(({ bindings }) => new Set(bindings.map(({ at }) => at)).size < bindings.length)
    .flatMap(({ bindings }) => bindings.map(({ id }) => id));
  if (tied.length === 0) return new Map();
  const rows = keyRows.parse(
    await db.$queryRaw(sql`SELECT "id", "eventKey" FROM "Binding" WHERE "id" IN (${listed(tied)})`),
  );
  return new Map(rows.map(({ id, eventKey }) => [id, eventKey]));
}

/** Whose cadre has not proved who they are (an imported file names them) leads nothing, but was the cadre. */
function holderOn(
  { bindings }: Group,
  keys: ReadonlyMap<number, string>,
  today: Day,
): BindingRow | undefined {
  const [only] = bindings;
  if (only && bindings.length === 1) return only.proved !== 0 && dayOf(only.at) <= today ? only : undefined;
  const all = ordered(bindings, keys, (_, index) => index);
  if (cadreOn(all, today) === undefined) return undefined;
  const proved = all.filter(({ cadre }) => bindings[cadre]?.proved !== 0);
  return bindings[cadreOn(proved, today) ?? -1];
}

function ordered(
  bindings: readonly BindingRow[],
  keys: ReadonlyMap<number, string>,
  cadreOf: (row: BindingRow, index: number) => number,
): readonly Binding[] {
  return orderBindings(
    bindings.map((row, index) => ({
      at: row.at,
      eventId: keys.get(row.id) ?? '',
      cadre: cadreOf(row, index),
    })),
  );
}

/** The groups that some cadres lead on a day (design.md, counting rule 9). */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import { weekOf, yearOf } from '../../domain/calendar/period.ts';
import {
  type Binding,
  cadreOn,
  cadreSince,
  firstCountedDay,
  orderBindings,
} from '../../domain/presence/bindings.ts';
import type { Db } from '../database.ts';
import { among, fromHour, hourOf, listed, packed, sql } from './packed.ts';

/** A group that a cadre leads, and since when it counts if nobody else has led it as far back as figures go. */
export interface Led {
  readonly id: number;
  readonly cadreId: number;
  readonly personId: number;
  readonly steady: { readonly firstDay: Day } | undefined;
}

/** A cadre who has proved who they are. */
interface Proved {
  readonly id: number;
  readonly personId: number;
  readonly bot: boolean;
}

/** The groups that these cadres, and no others, lead on a day. */
export async function groupsLed(db: Db, cadres: readonly Proved[], today: Day): Promise<readonly Led[]> {
  const known = new Map(cadres.map((cadre) => [cadre.id, cadre]));
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(f."groupId" || ',' || f."bindings" || ',' || f."cadreId" || ',' || f."personId" || ',' ||
                        ${hourOf('f."at"')}, ';') AS "text"
        FROM (SELECT b."groupId", COUNT(*) AS "bindings", MIN(b."cadreId") AS "cadreId", MIN(b."personId") AS "personId",
                     MIN(b."at") AS "at" FROM "Binding" b
               WHERE b."groupId" IN (SELECT o."groupId" FROM "Binding" o WHERE ${among('o."cadreId"', [...known.keys()])})
               GROUP BY b."groupId") f
        JOIN "Group" g ON g."id" = f."groupId"
       WHERE g."leftAt" IS NULL`,
  );
  const led: Led[] = [];
  const changed: number[] = [];
  for (const [group, bindings, cadreId, personId, hour = ''] of rows) {
    const cadre = known.get(Number(cadreId));
    if (bindings !== '1') changed.push(Number(group));
    else if (cadre)
      led.push(
        ...ledBy(
          Number(group),
          cadre,
          [{ at: fromHour(hour).getTime(), eventId: '', cadre: Number(personId) }],
          today,
        ),
      );
  }
  return [...led, ...(await ledAfterOthers(db, changed, known, today))];
}

/** A group that a cadre leads, whose bindings by person are these, in order. */
function ledBy(id: number, cadre: Proved, bindings: readonly Binding[], today: Day): Led[] {
  if (cadreOn(bindings, today) === undefined) return [];
  // Nothing before these days is in any figure.
  const since = Math.min(yearOf(today).from, weekOf(today).from);
  const firstDay = firstCountedDay(bindings);
  const { personId } = cadre;
  const isSteady = cadreSince(bindings, since, today) === personId && !cadre.bot;
  const steady = isSteady && firstDay !== undefined ? { firstDay } : undefined;
  return [{ id, cadreId: cadre.id, personId, steady }];
}

const bindingRows = z.array(
  z.object({
    groupId: z.coerce.number(),
    cadreId: z.coerce.number(),
    personId: z.coerce.number(),
    at: z.coerce.date(),
    eventKey: z.string(),
    proved: z.coerce.boolean(),
  }),
);
type BindingOfGroup = z.output<typeof bindingRows>[number];

/** The same of groups that were bound several times. */
async function ledAfterOthers(
  db: Db,
  groupIds: readonly number[],
  known: ReadonlyMap<number, Proved>,
  today: Day,
): Promise<readonly Led[]> {
  if (groupIds.length === 0) return [];
  const rows = bindingRows.parse(
    await db.$queryRaw`
      SELECT b."groupId", b."cadreId", b."personId", b."at", b."eventKey",
             CASE WHEN c."personId" IS NULL THEN 0 ELSE 1 END AS "proved"
        FROM "Binding" b JOIN "Cadre" c ON c."id" = b."cadreId"
       WHERE b."groupId" IN (${listed(groupIds)})`,
  );
  const byGroup = new Map<number, BindingOfGroup[]>();
  for (const row of rows) {
    const others = byGroup.get(row.groupId);
    if (others) others.push(row);
    else byGroup.set(row.groupId, [row]);
  }
  return [...byGroup].flatMap(([id, bindings]): Led[] => {
    // Whose cadre has not proved who they are (an imported file names them) leads nothing, but was the cadre.
    const proved = orderBindings(
      bindings.flatMap((row, index) => (row.proved ? [bindingOf(row, index)] : [])),
    );
    const holding = bindings[cadreOn(proved, today) ?? -1];
    const cadre = holding && known.get(holding.cadreId);
    if (!cadre) return [];
    return ledBy(id, cadre, orderBindings(bindings.map((row) => bindingOf(row, row.personId))), today);
  });
}

function bindingOf({ at, eventKey }: BindingOfGroup, cadre: number): Binding {
  return { at: at.getTime(), eventId: eventKey, cadre };
}

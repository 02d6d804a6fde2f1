/** Which cadre holds a group from when (design.md, counting rule 9). */
import { type Binding, orderBindings } from '../../domain/presence/bindings.ts';
import type { Db } from '../database.ts';

/** All bindings of a group, in their order. The cadre is given by their person. */
export async function bindingsOf(db: Db, groupId: number): Promise<readonly Binding[]> {
  const rows = await db.binding.findMany({ where: { groupId } });
  return orderBindings(
    rows.map((row) => ({ at: row.at.getTime(), eventId: row.eventKey, cadre: row.personId })),
  );
}

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

/** The id of the binding that was written last into a group of an account; 0 when there is none. */
export async function newestBinding(db: Db, accountId: number): Promise<number> {
  const { _max } = await db.binding.aggregate({ where: { group: { accountId } }, _max: { id: true } });
  return _max.id ?? 0;
}

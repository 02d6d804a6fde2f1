/** Which cadre holds a group from when (design.md, counting rule 9). */
import { type Binding, orderBindings } from '../../domain/presence/bindings.ts';
import type { Db } from '../database.ts';

/** All bindings of a group, in their order. The cadre is given by their person. */
export async function bindingsOf(db: Db, groupId: number): Promise<readonly Binding[]> {
  return (await bindingsOfMany(db, [groupId])).get(groupId) ?? [];
}

/** All bindings of some groups, by group, in their order. */
export async function bindingsOfMany(
  db: Db,
  groupIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Binding[]>> {
  const byGroup = new Map<number, Binding[]>();
  for (const row of await db.binding.findMany({ where: { groupId: { in: [...groupIds] } } })) {
    const binding = { at: row.at.getTime(), eventId: row.eventKey, cadre: row.personId };
    const others = byGroup.get(row.groupId);
    if (others) others.push(binding);
    else byGroup.set(row.groupId, [binding]);
  }
  return new Map([...byGroup].map(([groupId, bindings]) => [groupId, orderBindings(bindings)]));
}

/** The id of the binding that was written last into a group of an account; 0 when there is none. */
export async function newestBinding(db: Db, accountId: number): Promise<number> {
  const { _max } = await db.binding.aggregate({ where: { group: { accountId } }, _max: { id: true } });
  return _max.id ?? 0;
}

/** Groups that are bound to their cadres, as many as wanted: where counting begins. */
import type { Database } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';

/** A group by its platform's ids. */
export interface GroupToBind {
  readonly group: string;
  readonly cadre: string;
}

/** Makes the account and its groups, each bound to its cadre at an instant (milliseconds). Returns the account's id. */
export async function bindGroups(
  database: Database,
  account: { readonly platform: string; readonly name: string },
  groups: readonly GroupToBind[],
  at: number,
): Promise<number> {
  const accountId = await ensureAccount(database.db, account.platform, account.name);
  const boundAt = new Date(at);
  await database.transaction(async (tx) => {
    const unit = await tx.unit.create({ data: { name: `${account.platform}/${account.name}` } });
    for (const { group, cadre } of groups) {
      const groupId = await resolveGroup(tx, accountId, { id: group }, at);
      const [personId] = [...(await resolvePeople(tx, accountId, [{ id: cadre }])).values()];
      if (personId === undefined) throw new Error('the cadre was not made');
      const made = await tx.cadre.create({
        // 一般兼职: “走转改” of July and August binds others, and tests are about what they name.
        data: { name: cadre, unitId: unit.id, personId, createdAt: boundAt, kind: 'part_time' },
      });
      await tx.binding.create({
        data: { groupId, cadreId: made.id, personId, at: boundAt, eventKey: group },
      });
    }
  });
  return accountId;
}

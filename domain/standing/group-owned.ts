/** Which of a cadre's groups their group of a hundred is, and how it is known that it is theirs. */
import type { GroupFact } from './facts.ts';

/** A group with who owns it, as the platform reports it or, where it does not, as its cadre says. */
export interface OwnedGroup {
  /** Youths in it. */
  readonly youths: number;
  readonly ownerId: number | null;
  /** The owner is known by their own word only. */
  readonly ownerSaid: boolean;
}

/**
 * The largest group that is the cadre's own; else the largest whose owner nobody has said; else the largest
 * (新疆 §四.2). What rests on the cadre's word is `stated`.
 */
export function largestOwned(groups: readonly OwnedGroup[], personId: number): GroupFact {
  let best: GroupFact = { count: 0, grade: 'verified', owner: undefined };
  for (const group of groups) {
    const owner = isOwned(group, personId);
    const fact: GroupFact = {
      count: group.youths,
      grade: owner === true && group.ownerSaid ? 'stated' : 'verified',
      owner,
    };
    if (
      best.count === 0 ||
      orderOf(fact) < orderOf(best) ||
      (orderOf(fact) === orderOf(best) && fact.count > best.count)
    )
      best = fact;
  }
  return best;
}

/** Undefined while neither the platform nor this cadre has said; what another said of themselves is their word alone. */
function isOwned({ ownerId, ownerSaid }: OwnedGroup, personId: number): boolean | undefined {
  if (ownerId === personId) return true;
  return ownerId === null || ownerSaid ? undefined : false;
}

function orderOf({ owner }: GroupFact): number {
  return owner === true ? 0 : owner === undefined ? 1 : 2;
}

/**
 * Which group of an earlier login a group of this one is. Platforms that give new ids at each login leave only names to
 * go by; a group is taken for another one only when nothing else can be meant, and never by guess.
 */

export interface RoomLook<Id> {
  readonly id: Id;
  readonly name: string;
  /** How its members are called, as often as they are. Without the bot. */
  readonly memberNames: readonly string[];
}

export type RoomMatch<Known, Fresh> =
  | { readonly kind: 'certain'; readonly fresh: Fresh; readonly known: Known }
  /** Somebody has to say; the likeliest first. */
  | { readonly kind: 'uncertain'; readonly fresh: Fresh; readonly candidates: readonly Known[] }
  | { readonly kind: 'new'; readonly fresh: Fresh };

/** Share of names in common from which two groups may be one; from which they surely are; from which they are with one name. */
const plausible = 0.3;
const sure = 0.8;
const sureWithName = 0.5;
/** Fewer people with names of their own say too little; names alone, which anybody can copy, say less. */
const fewest = 3;
const fewestByNames = 10;
const mostCandidates = 5;

/**
 * Whether the cadre of a group, known by their mark, sits in the other one (`here`) or does not (`elsewhere`); `unknown`
 * while nobody is known to be the cadre; `none` where the group has no cadre.
 */
export type Leader = 'here' | 'elsewhere' | 'unknown' | 'none';

/** Matches each group of this login with those of earlier ones that are not matched yet. */
export function matchRooms<Known, Fresh>(
  known: readonly RoomLook<Known>[],
  fresh: readonly RoomLook<Fresh>[],
  leader: (known: Known, fresh: Fresh) => Leader,
): readonly RoomMatch<Known, Fresh>[] {
  const scores = fresh.map((room) => known.map((other) => likeness(other, room, leader(other.id, room.id))));
  return fresh.map((room, f) => {
    const candidates = known
      .map((other, k) => ({ id: other.id, k, likeness: scores[f]?.[k] ?? nothing }))
      .filter(({ likeness: { mayBe } }) => mayBe)
      .sort((a, b) => b.likeness.share - a.likeness.share);
    const [best] = candidates;
    if (!best) return { kind: 'new', fresh: room.id };
    const isOnly =
      candidates.length === 1 && scores.every((row, other) => other === f || !row[best.k]?.mayBe);
    return isOnly && best.likeness.mustBe
      ? { kind: 'certain', fresh: room.id, known: best.id }
      : {
          kind: 'uncertain',
          fresh: room.id,
          candidates: candidates.slice(0, mostCandidates).map(({ id }) => id),
        };
  });
}

interface Likeness {
  /** Names in common ÷ names in either. */
  readonly share: number;
  readonly mayBe: boolean;
  readonly mustBe: boolean;
}

const nothing: Likeness = { share: 0, mayBe: false, mustBe: false };

function likeness(a: RoomLook<unknown>, b: RoomLook<unknown>, leader: Leader): Likeness {
  const counts = new Map<string, number>();
  for (const name of a.memberNames.map(spelled)) counts.set(name, (counts.get(name) ?? 0) + 1);
  let common = 0;
  for (const name of b.memberNames.map(spelled)) {
    const left = counts.get(name) ?? 0;
    if (left === 0) continue;
    counts.set(name, left - 1);
    common++;
  }
  const either = a.memberNames.length + b.memberNames.length - common;
  const share = either === 0 ? 0 : common / either;
  const sameName = spelled(a.name) !== '' && spelled(a.name) === spelled(b.name);
  const enough = common >= (leader === 'unknown' ? fewestByNames : fewest);
  return {
    share,
    mayBe: sameName || share >= plausible,
    mustBe: leader !== 'elsewhere' && enough && (share >= sure || (sameName && share >= sureWithName)),
  };
}

/** A name as names are compared. */
export function spelled(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
}

/** Records and contacts of many cadres, counted by requirement and grade out of their digests. */
import type { Day } from '../../domain/calendar/day.ts';
import { deedKindNames } from '../../domain/deeds/kinds.ts';
import { kindsCounted } from '../../domain/policy/adjust.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ByGrade, Tallies, Tally } from '../../domain/standing/facts.ts';
import { spanOf } from '../../domain/standing/span.ts';
import { readDigest } from './deed-digests.ts';

/** Counts of three grades in one number: 131,071 of each fit, and 51 bits are a safe integer. */
const units = [1, 2 ** 17, 2 ** 34];

function unpacked(sum: number): ByGrade {
  const [, documented = 1, stated = 1] = units;
  return {
    verified: sum % documented,
    documented: Math.floor(sum / documented) % documented,
    stated: Math.floor(sum / stated),
  };
}

/** The tallies of a cadre by requirement, in the spans that today lies in; whether any contact with a branch or club is recorded. */
export interface CadreTallies {
  readonly tallies: Tallies;
  readonly linked: { readonly branch: boolean; readonly club: boolean };
}

/** What one requirement counts. Days are those since the digest's first. */
interface Ask {
  readonly from: number;
  readonly to: number;
  /** How many participants each must have had, plus one; 0: it is not asked. */
  readonly wanted: number;
  /** Where its three sums begin: all, those large enough, those of which nobody said. */
  readonly at: number;
}

/**
 * Counts the records and contacts in digests since a day, for the requirements of a policy on a day. Equal tallies are
 * one and the same object.
 */
export function tallying(policy: Policy, today: Day, since: Day): (digest: string) => CadreTallies {
  const asks: Ask[][] = deedKindNames.map(() => []);
  const contacts: { readonly branch: Ask[]; readonly club: Ask[] } = { branch: [], club: [] };
  const byRequirement = new Map<string, Ask>();
  for (const requirement of policy.requirements) {
    const span = spanOf(requirement, policy.semesters, today);
    const { measure, subject } = requirement;
    if (!span || subject !== 'cadre' || (measure !== 'records' && measure !== 'link')) continue;
    const wanted = measure === 'records' ? (requirement.threshold.participants ?? 0) : 0;
    const days = { from: span.from - since, to: Math.min(span.to, today) - since };
    const ask = { ...days, wanted: wanted === 0 ? 0 : wanted + 1, at: 3 * byRequirement.size };
    byRequirement.set(requirement.id, ask);
    if (measure === 'link') contacts[requirement.to].push(ask);
    else
      for (const kind of new Set(kindsCounted(requirement, span.from).kinds))
        asks[deedKindNames.indexOf(kind)]?.push(ask);
  }
  const tallyOf = equalTallies();
  const last = today - since;
  return (digest) => {
    const sums = new Array<number>(3 * byRequirement.size).fill(0);
    let linked = 0;
    readDigest(digest, (grade, kind, day, sized, links) => {
      const unit = units[grade] ?? 0;
      const counting = asks[kind];
      if (counting !== undefined) for (const ask of counting) add(sums, ask, unit, day, sized);
      if (links === 0 || day > last) return;
      linked |= links;
      if ((links & 1) !== 0) for (const ask of contacts.branch) add(sums, ask, unit, day, sized);
      if ((links & 2) !== 0) for (const ask of contacts.club) add(sums, ask, unit, day, sized);
    });
    return {
      tallies: new Counted(sums, byRequirement, tallyOf),
      linked: { branch: (linked & 1) !== 0, club: (linked & 2) !== 0 },
    };
  };
}

class Counted implements Tallies {
  readonly #sums: readonly number[];
  readonly #asks: ReadonlyMap<string, Ask>;
  readonly #tallyOf: TallyOf;

  constructor(sums: readonly number[], asks: ReadonlyMap<string, Ask>, tallyOf: TallyOf) {
    this.#sums = sums;
    this.#asks = asks;
    this.#tallyOf = tallyOf;
  }

  get(requirement: string): Tally | undefined {
    const ask = this.#asks.get(requirement);
    return ask && this.#tallyOf(this.#sums, ask);
  }
}

type TallyOf = (sums: readonly number[], ask: Ask) => Tally;

function add(sums: number[], { from, to, wanted, at }: Ask, unit: number, day: number, sized: number): void {
  if (day < from || day > to) return;
  sums[at] = (sums[at] ?? 0) + unit;
  if (wanted === 0) return;
  if (sized >= wanted) sums[at + 1] = (sums[at + 1] ?? 0) + unit;
  if (sized === 0) sums[at + 2] = (sums[at + 2] ?? 0) + unit;
}

/** Tallies out of sums, each made once. */
function equalTallies(): TallyOf {
  const plain = new Map<number, Tally>();
  const sized = new Map<string, Tally>();
  return (sums, { wanted, at }) => {
    const sum = sums[at] ?? 0;
    if (wanted === 0) {
      const before = plain.get(sum);
      if (before !== undefined) return before;
      const all = unpacked(sum);
      const tally = { all, large: all, unsized: unpacked(0) };
      plain.set(sum, tally);
      return tally;
    }
    const [large = 0, unsized = 0] = [sums[at + 1], sums[at + 2]];
    const key = `${sum}/${large}/${unsized}`;
    const before = sized.get(key);
    if (before !== undefined) return before;
    const tally = { all: unpacked(sum), large: unpacked(large), unsized: unpacked(unsized) };
    sized.set(key, tally);
    return tally;
  };
}

/** Records and contacts of many cadres, counted by requirement and grade in one pass over their index (`Deed_counted`). */
import type { Day } from '../../domain/calendar/day.ts';
import { kindsCounted } from '../../domain/policy/adjust.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ByGrade, Tally } from '../../domain/standing/facts.ts';
import { spanOf } from '../../domain/standing/span.ts';
import type { Db } from '../database.ts';
import { among, packed, raw, sql } from './packed.ts';
import { recentDays } from './standing.ts';

/** What of a deed is looked at beside its kind and day: nothing; enough participants; none told. */
type Mode = 'all' | 'large' | 'unsized';

/** Counts of three grades in one number: 131,071 of each fit, and 51 bits are a safe integer. */
const [documentedUnit, statedUnit] = [2 ** 17, 2 ** 34];

const none: ByGrade = { verified: 0, documented: 0, stated: 0 };

function unpacked(sum: number): ByGrade {
  return {
    verified: sum % documentedUnit,
    documented: Math.floor(sum / documentedUnit) % documentedUnit,
    stated: Math.floor(sum / statedUnit),
  };
}

/** The tallies of a cadre by requirement, in the spans that today lies in; whether any contact with a branch or club is recorded. */
export interface CadreTallies {
  readonly tally: ReadonlyMap<string, Tally>;
  readonly linked: { readonly branch: boolean; readonly club: boolean };
}

/**
 * The tallies of some cadres under a policy on a day, for the requirements of records and contacts. Equal tallies are one
 * and the same object.
 */
export async function talliesOf(
  db: Db,
  cadreIds: readonly number[],
  policy: Policy,
  today: Day,
): Promise<{ of(cadreId: number): CadreTallies }> {
  const asks = asksOf(policy, today);
  const { from } = recentDays(today);
  const rows = await packed(
    db,
    sql`
      SELECT string_agg(t."cadreId" || ',' || t."sums", ';') AS "text" FROM (
        SELECT d."cadreId", ${raw(sumsOf(asks, linkSpan(policy, today)))} AS "sums"
          FROM (SELECT d."cadreId", d."kind", d."day", d."participants", d."withBranch", d."withClub",
                       CASE d."grade" WHEN 'verified' THEN 1 WHEN 'documented' THEN ${raw(`${documentedUnit}`)}
                                      ELSE ${raw(`${statedUnit}`)} END AS "unit"
                  FROM "Deed" d
                 WHERE ${among('d."cadreId"', cadreIds)} AND d."withdrawnAt" IS NULL
                   AND d."day" BETWEEN ${Math.min(from, today, ...asks.map((ask) => ask.from))} AND ${today}) d
         GROUP BY d."cadreId") t`,
  );
  const byCadre = new Map(rows.map(([id, ...sums]) => [Number(id), sums]));
  const known = new Map<string, Tally>();
  const tallyOf = (sums: readonly string[]): Tally => {
    const key = sums.join();
    const before = known.get(key);
    if (before) return before;
    const [all = none, large = all, unsized = none] = sums.map((sum) => unpacked(Number(sum)));
    const tally = { all, large, unsized };
    known.set(key, tally);
    return tally;
  };
  const links = policy.requirements.flatMap((one) =>
    one.measure === 'link' ? [{ id: one.id, to: one.to }] : [],
  );
  return {
    of(cadreId) {
      const sums = byCadre.get(cadreId) ?? [];
      const tally = new Map<string, Tally>();
      let at = 0;
      for (const ask of asks) {
        const parts = sums.slice(at, at + modesOf(ask).length);
        at += modesOf(ask).length;
        tally.set(ask.id, tallyOf(parts));
      }
      const [branch = '0', club = '0', anyBranch = '0', anyClub = '0'] = sums.slice(at);
      for (const { id, to } of links) tally.set(id, tallyOf([to === 'branch' ? branch : club]));
      return { tally, linked: { branch: anyBranch !== '0', club: anyClub !== '0' } };
    },
  };
}

/**
 * The sums of one cadre's deeds, joined by commas: one for each mode of each ask, then the contacts with branch and club
 * since a day, and how many there are at all. The conditions are written out, since a table of them would be searched for
 * every deed; they are made of our own names and numbers, never of what somebody typed.
 */
function sumsOf(asks: readonly Ask[], linksFrom: Day): string {
  const sums = asks.flatMap((ask) =>
    modesOf(ask).map((mode) => {
      const kinds = ask.kinds.map((kind) => `d."kind" = '${kind}'`).join(' OR ') || '1 = 0';
      const sized = {
        all: '',
        large: ` AND COALESCE(d."participants", 0) >= ${ask.wanted}`,
        unsized: ' AND d."participants" IS NULL',
      };
      return `COALESCE(SUM(d."unit") FILTER (WHERE d."day" BETWEEN ${ask.from} AND ${ask.to} AND (${kinds})${sized[mode]}), 0)`;
    }),
  );
  const contacts = ['withBranch', 'withClub'].map(
    (to) => `COALESCE(SUM(d."unit") FILTER (WHERE d."${to}" AND d."day" >= ${linksFrom}), 0)`,
  );
  const any = ['withBranch', 'withClub'].map((to) => `COUNT(*) FILTER (WHERE d."${to}")`);
  return [...sums, ...contacts, ...any].join(" || ',' || ");
}

interface Ask {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly from: Day;
  readonly to: Day;
  /** How many participants each must have had; 0: it is not asked. */
  readonly wanted: number;
}

function asksOf(policy: Policy, today: Day): readonly Ask[] {
  return policy.requirements.flatMap((requirement): Ask[] => {
    const span = spanOf(requirement, policy.semesters, today);
    if (requirement.subject !== 'cadre' || requirement.measure !== 'records' || !span) return [];
    const { participants: wanted = 0 } = requirement.threshold;
    const { kinds } = kindsCounted(requirement, span.from);
    return [{ id: requirement.id, kinds, from: span.from, to: Math.min(span.to, today), wanted }];
  });
}

function modesOf({ wanted }: Ask): readonly Mode[] {
  return wanted === 0 ? ['all'] : ['all', 'large', 'unsized'];
}

/** Since when contacts with branch and club count: both are asked for in the same period. */
function linkSpan(policy: Policy, today: Day): Day {
  const asked = policy.requirements.find(({ measure }) => measure === 'link');
  return (asked && spanOf(asked, policy.semesters, today)?.from) ?? today;
}

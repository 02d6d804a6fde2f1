/** Records of many cadres, counted by requirement and grade in one pass over their index (`Deed_counted`). */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import { kindsCounted } from '../../domain/policy/adjust.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ByGrade, Tally } from '../../domain/standing/facts.ts';
import { spanOf } from '../../domain/standing/span.ts';
import type { Raw } from '../raw.ts';
import { rowsParameter } from './rows.ts';
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

const sumRows = z.array(z.object({ cadreId: z.coerce.number(), sums: z.string() }));
const linkRows = z.array(
  z.object({
    cadreId: z.coerce.number(),
    branch: z.coerce.number(),
    club: z.coerce.number(),
    anyBranch: z.coerce.number(),
    anyClub: z.coerce.number(),
  }),
);

/** The tallies of a cadre by requirement, in the spans that today lies in; whether any contact with a branch or club is recorded. */
export interface CadreTallies {
  readonly tally: ReadonlyMap<string, Tally>;
  readonly linked: { readonly branch: boolean; readonly club: boolean };
}

/** The tallies of some cadres under a policy on a day, for the requirements of records and contacts. */
export async function talliesOf(
  db: Raw,
  cadreIds: readonly number[],
  policy: Policy,
  today: Day,
): Promise<{ of(cadreId: number): CadreTallies }> {
  const ids = rowsParameter(cadreIds.map((id) => [id]));
  const asks = asksOf(policy, today);
  const first = Math.min(today, ...asks.map(({ from }) => from));
  const sums = sumRows.parse(
    await db.$queryRaw(Object.assign(statementOf(asks), { raw: [] as readonly string[] }), ids, first, today),
  );
  const bySums = new Map(sums.map((row) => [row.cadreId, row.sums]));
  const links = new Map((await contacts(db, ids, policy, today)).map((row) => [row.cadreId, row]));
  return {
    of(cadreId) {
      const found = new Map<string, Record<Mode, ByGrade>>();
      for (const { id } of asks) found.set(id, { all: none, large: none, unsized: none });
      const parts = bySums.get(cadreId)?.split(',') ?? [];
      for (const [n, ask] of asks.entries()) {
        const tally = found.get(ask.id);
        if (!tally) continue;
        tally[ask.mode] = unpacked(Number(parts[n] ?? 0));
        if (ask.mode === 'all' && ask.wanted === 0) tally.large = tally.all;
      }
      const link = links.get(cadreId);
      for (const { id, to } of contactsAsked(policy)) {
        const all = unpacked(link?.[to] ?? 0);
        found.set(id, { all, large: all, unsized: none });
      }
      return {
        tally: found,
        linked: { branch: (link?.anyBranch ?? 0) > 0, club: (link?.anyClub ?? 0) > 0 },
      };
    },
  };
}

/**
 * One row a cadre with a sum for each ask, joined by commas. The conditions are written out, since a table of them would
 * be searched for every deed; they are made of our own names and numbers, never of what somebody typed.
 */
function statementOf(asks: readonly Ask[]): readonly string[] {
  const sums = asks.map(({ kinds, from, to, mode, wanted }) => {
    const those = kinds.map((kind) => `'${kind}'`).join(', ');
    const sized =
      mode === 'all'
        ? ''
        : mode === 'large'
          ? ` AND COALESCE("participants", 0) >= ${wanted}`
          : ' AND "participants" IS NULL';
    return `CAST(COALESCE(SUM("unit") FILTER (WHERE "day" BETWEEN ${from} AND ${to} AND "kind" IN (${those})${sized}), 0) AS TEXT)`;
  });
  return [
    `SELECT "cadreId", ${sums.length === 0 ? "''" : sums.join(" || ',' || ")} AS "sums"
       FROM (SELECT d."cadreId", d."kind", d."day", d."participants",
                    CASE d."grade" WHEN 'verified' THEN 1 WHEN 'documented' THEN 131072 ELSE 17179869184 END AS "unit"
               FROM "Deed" d WHERE d."cadreId" IN (SELECT CAST(value->>0 AS INTEGER) FROM json_each(`,
    `)) AND d."day" BETWEEN `,
    ' AND ',
    ` AND d."withdrawnAt" IS NULL) d GROUP BY "cadreId"`,
  ];
}

interface Ask {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly from: Day;
  readonly to: Day;
  readonly mode: Mode;
  /** How many participants each must have had; 0: it is not asked. */
  readonly wanted: number;
}

function asksOf(policy: Policy, today: Day): readonly Ask[] {
  return policy.requirements.flatMap((requirement): Ask[] => {
    const span = spanOf(requirement, policy.semesters, today);
    if (requirement.subject !== 'cadre' || requirement.measure !== 'records' || !span) return [];
    const { participants: wanted = 0 } = requirement.threshold;
    const { kinds } = kindsCounted(requirement, span.from);
    const ask = { id: requirement.id, kinds, from: span.from, to: Math.min(span.to, today), wanted };
    const sized = wanted === 0 ? [] : (['large', 'unsized'] as const);
    return [...(['all'] as const), ...sized].map((mode) => ({ ...ask, mode }));
  });
}

function contactsAsked({ requirements }: Policy) {
  return requirements.flatMap((one) => (one.measure === 'link' ? [{ id: one.id, to: one.to, one }] : []));
}

/** Contacts with the linked branch and club: those of the requirement's span, packed by grade, and any at all. */
async function contacts(db: Raw, ids: string, policy: Policy, today: Day) {
  const spans = contactsAsked(policy).map(({ one }) => spanOf(one, policy.semesters, today));
  // Both are asked for in the same period; a profile that asks for none has no contacts to count.
  const [span = { from: today, to: today }] = spans;
  const { from, to } = recentDays(today);
  return linkRows.parse(
    await db.$queryRaw`
      SELECT d."cadreId",
             SUM(CASE WHEN d."withBranch" AND d."day" >= ${span.from} THEN
               CASE d."grade" WHEN 'verified' THEN 1 WHEN 'documented' THEN 131072 ELSE 17179869184 END ELSE 0 END) AS "branch",
             SUM(CASE WHEN d."withClub" AND d."day" >= ${span.from} THEN
               CASE d."grade" WHEN 'verified' THEN 1 WHEN 'documented' THEN 131072 ELSE 17179869184 END ELSE 0 END) AS "club",
             SUM(CASE WHEN d."withBranch" THEN 1 ELSE 0 END) AS "anyBranch",
             SUM(CASE WHEN d."withClub" THEN 1 ELSE 0 END) AS "anyClub"
        FROM (SELECT CAST(value->>0 AS INTEGER) AS "id" FROM json_each(${ids})) c
        JOIN "Deed" d ON d."cadreId" = c."id" AND d."day" BETWEEN ${from} AND ${to}
       WHERE d."withdrawnAt" IS NULL AND (d."withBranch" OR d."withClub")
       GROUP BY d."cadreId"`,
  );
}

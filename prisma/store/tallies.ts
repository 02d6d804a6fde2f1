/** Records of many cadres, counted by requirement and grade in one pass over their index (`Deed_counted`). */
import { z } from 'zod';
import type { Day } from '../../domain/calendar/day.ts';
import { kindsCounted } from '../../domain/policy/adjust.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ByGrade, Tally } from '../../domain/standing/facts.ts';
import { spanOf } from '../../domain/standing/span.ts';
import type { Raw } from '../database.ts';
import { rowsParameter } from './rows.ts';
import { recentDays } from './standing.ts';

/** What of a deed is looked at beside its kind and day: anything; enough participants; none told. */
const modes = { all: 0, large: 1, unsized: 2 } as const;

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
  const asked = rowsParameter(
    asks.flatMap(({ kinds, from, to, mode, wanted }, n) =>
      kinds.map((kind) => [n, kind, from, to, modes[mode], wanted]),
    ),
  );
  const first = Math.min(today, ...asks.map(({ from }) => from));
  const sums = sumRows.parse(
    await db.$queryRaw`
      WITH "ask" AS (
        SELECT CAST(value->>0 AS INTEGER) AS "n", value->>1 AS "kind", CAST(value->>2 AS INTEGER) AS "from",
               CAST(value->>3 AS INTEGER) AS "to", CAST(value->>4 AS INTEGER) AS "mode",
               CAST(value->>5 AS INTEGER) AS "wanted" FROM json_each(${asked})),
      "counted" AS (
        SELECT d."cadreId", a."n", SUM(CASE d."grade" WHEN 'verified' THEN 1 WHEN 'documented' THEN 131072
                                                        ELSE 17179869184 END) AS "sum"
          FROM (SELECT CAST(value->>0 AS INTEGER) AS "id" FROM json_each(${ids})) c
          JOIN "Deed" d ON d."cadreId" = c."id" AND d."day" BETWEEN ${first} AND ${today}
          JOIN "ask" a ON a."kind" = d."kind" AND d."day" BETWEEN a."from" AND a."to"
         WHERE d."withdrawnAt" IS NULL
           AND (a."mode" = 0 OR (a."mode" = 1 AND COALESCE(d."participants", 0) >= a."wanted")
                OR (a."mode" = 2 AND d."participants" IS NULL))
         GROUP BY d."cadreId", a."n")
      SELECT "cadreId", STRING_AGG(CAST("n" AS TEXT) || ':' || CAST("sum" AS TEXT), ',') AS "sums"
        FROM "counted" GROUP BY "cadreId"`,
  );
  const bySums = new Map(sums.map((row) => [row.cadreId, row.sums]));
  const links = new Map((await contacts(db, ids, policy, today)).map((row) => [row.cadreId, row]));
  return {
    of(cadreId) {
      const found = new Map<string, Record<keyof typeof modes, ByGrade>>();
      for (const { id } of asks) found.set(id, { all: none, large: none, unsized: none });
      for (const part of bySums.get(cadreId)?.split(',') ?? []) {
        const [n = '', sum = ''] = part.split(':');
        const ask = asks[Number(n)];
        const tally = ask && found.get(ask.id);
        if (!ask || !tally) continue;
        tally[ask.mode] = unpacked(Number(sum));
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

interface Ask {
  readonly id: string;
  readonly kinds: readonly string[];
  readonly from: Day;
  readonly to: Day;
  readonly mode: keyof typeof modes;
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

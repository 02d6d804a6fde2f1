/**
 * All records of a cadre as one text, so that where they stand with every requirement is read out of one row instead of
 * sixty. It depends neither on the day nor on a policy. It is kept (DeedDigest) with the cadre's revision, which triggers
 * raise in the transaction that changes a record; both are read in one statement. What is kept at another revision, since
 * another day or with other numbers for the kinds is made anew.
 */
import { createHash } from 'node:crypto';
import type { Day } from '../../domain/calendar/day.ts';
import { deedKindNames, evidenceGrades } from '../../domain/deeds/kinds.ts';
import type { Statements } from '../database.ts';
import { among, packed, raw, sql } from './packed.ts';

/**
 * A record as one number: from the low end its grade, whether it was with branch and with club, its kind, its day, and how
 * many took part plus one (0 where nobody said).
 */
const sizes = { grade: 4, branch: 2, club: 2, kind: 128, day: 2048 };
const branchUnit = sizes.grade;
const clubUnit = branchUnit * sizes.branch;
const kindUnit = clubUnit * sizes.club;
const dayUnit = kindUnit * sizes.kind;
const participantsUnit = dayUnit * sizes.day;
const lastDay = sizes.day - 1;
const otherKind = sizes.kind - 1;

/** Tells apart which numbers the kinds had when a digest was made. */
const coding = createHash('sha256').update(deedKindNames.join()).digest('hex').slice(0, 12);

/** Takes a record out of a digest, as numbers: a hundred thousand cadres have millions. */
export type TakeDeed = (
  /** Its place in {@link evidenceGrades}. */
  grade: number,
  /** Its place in `deedKindNames`, or beyond. */
  kind: number,
  /** Days since `since`; at most 2,047. */
  day: number,
  /** One more than took part; 0 where nobody said. */
  sized: number,
  /** 1: with the branch, 2: with the club, 3: with both. */
  links: number,
) => void;

/** Reads a digest. */
export function readDigest(digest: string, take: TakeDeed): void {
  let code = 0;
  for (let at = 0; at <= digest.length; at++) {
    const char = digest.charCodeAt(at);
    if (char >= 48) {
      code = code * 10 + char - 48;
      continue;
    }
    if (digest.length === 0) return;
    const low = code % participantsUnit;
    take(
      low & (sizes.grade - 1),
      (low >> 4) & (sizes.kind - 1),
      (low >> 11) & lastDay,
      (code - low) / participantsUnit,
      (low >> 2) & 3,
    );
    code = 0;
  }
}

/** What stands in a packed row where no digest is good. */
export const noDigest = '-';

/** The digest of a cadre `c` as a column of a packed row; {@link digestJoined} must be joined. */
export const digestColumn = sql`COALESCE(k."deeds", ${raw(`'${noDigest}'`)})`;

/** Joins the digests that are good still to the cadres `c`, who are these. */
export function digestJoined(cadreIds: readonly number[], since: Day) {
  return sql`LEFT JOIN "DeedDigest" k ON k."cadreId" = c."id" AND k."revision" = c."revision"
                                     AND k."since" = ${since} AND k."coding" = ${coding}
                                     AND ${among('k."cadreId"', cadreIds)}`;
}

/** Digests some cadres' records since a day anew, and keeps them. */
export async function digestAnew(
  db: Statements,
  cadreIds: readonly number[],
  since: Day,
): Promise<ReadonlyMap<number, string>> {
  if (cadreIds.length === 0) return new Map();
  const kinds = deedKindNames.map((kind, n) => `WHEN '${kind}' THEN ${n * kindUnit}`).join(' ');
  const grades = evidenceGrades.map((grade, n) => `WHEN '${grade}' THEN ${n}`).join(' ');
  const code = raw(`
    CAST(CASE d."grade" ${grades} END + CASE WHEN d."withBranch" THEN ${branchUnit} ELSE 0 END +
         CASE WHEN d."withClub" THEN ${clubUnit} ELSE 0 END +
         CASE d."kind" ${kinds} ELSE ${otherKind * kindUnit} END AS BIGINT) +
    CASE WHEN d."participants" IS NULL THEN 0 ELSE (d."participants" + CAST(1 AS BIGINT)) * ${participantsUnit} END`);
  const day = sql`CASE WHEN d."day" > ${since + lastDay} THEN ${raw(`${lastDay}`)} ELSE d."day" - ${since} END`;
  // In order, so that two who keep the same at once wait for one another, and not in a circle.
  await db.$executeRaw(sql`
    INSERT INTO "DeedDigest" ("cadreId", "since", "coding", "revision", "deeds")
    SELECT c."id", ${since}, ${coding}, c."revision", COALESCE(t."deeds", '')
      FROM "Cadre" c
      LEFT JOIN (
        SELECT d."cadreId", string_agg(CAST(${code} + (${day}) * ${raw(`${dayUnit}`)} AS TEXT), ' ') AS "deeds"
          FROM "Deed" d
         WHERE ${among('d."cadreId"', cadreIds)} AND d."withdrawnAt" IS NULL AND d."day" >= ${since}
         GROUP BY d."cadreId") t ON t."cadreId" = c."id"
     WHERE ${among('c."id"', cadreIds)}
     ORDER BY c."id"
    ON CONFLICT ("cadreId") DO UPDATE SET "since" = excluded."since", "coding" = excluded."coding",
       "revision" = excluded."revision", "deeds" = excluded."deeds"`);
  const rows = await packed(
    db,
    sql`SELECT string_agg(k."cadreId" || ',' || k."deeds", ';') AS "text" FROM "DeedDigest" k
         WHERE ${among('k."cadreId"', cadreIds)} AND k."since" = ${since} AND k."coding" = ${coding}`,
  );
  const found = new Map<number, string>();
  while (rows.more) found.set(rows.number(), rows.text());
  if (cadreIds.some((id) => !found.has(id))) throw new Error('a digest has been made otherwise meanwhile');
  return found;
}

/** What is kept of some people becomes others': one statement a column, however many they are. */
import type { Db } from '../database.ts';
import { raw, type Sql, sql } from './packed.ts';
import { rowsParameter } from './rows.ts';

/** One person's rows become another's. Of several moves at once nobody takes part in two. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/** The moves as a subquery with the columns "from" and "to". */
export function moving(moves: readonly Move[]): Sql {
  const rows = rowsParameter(moves.map(({ from, to }) => [from, to]));
  return sql`(SELECT CAST(value->>0 AS INTEGER) AS "from", CAST(value->>1 AS INTEGER) AS "to" FROM json_each(${rows}))`;
}

/** Gives the rows of a table whose column holds a person, all or those of a condition. No key may be in the way. */
export async function give(
  db: Db,
  [table, column]: readonly [table: string, column: string],
  moves: readonly Move[],
  where: Sql = sql`1 = 1`,
): Promise<void> {
  const [rows, person] = [raw(`"${table}"`), raw(`"${column}"`)];
  await db.$executeRaw(sql`
    UPDATE ${rows} SET ${person} = p."to" FROM ${moving(moves)} p WHERE ${rows}.${person} = p."from" AND ${where}`);
}

/** The same as {@link moving}, as those who answer surveys by name are called. */
export function respondents(moves: readonly Move[]): Sql {
  const rows = rowsParameter(moves.map(({ from, to }) => [respondent(from), respondent(to)]));
  return sql`(SELECT value->>0 AS "from", value->>1 AS "to" FROM json_each(${rows}))`;
}

/** How who answers a survey by name is called in it. */
export function respondent(personId: number): string {
  return `person:${personId}`;
}

/** Gives answers to surveys by name, and what is held for those who answered. */
export async function giveAnswers(db: Db, moves: readonly Move[]): Promise<void> {
  const named = respondents(moves);
  await db.$executeRaw(sql`
    UPDATE "SurveyAnswer" SET "respondent" = p."to" FROM ${named} p WHERE "SurveyAnswer"."respondent" = p."from"`);
  await db.$executeRaw(sql`
    UPDATE "SurveyAnswer" SET "heldBy" = p."to" FROM ${named} p WHERE "SurveyAnswer"."heldBy" = p."from"`);
}

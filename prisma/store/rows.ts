/** Many rows in one statement: what the hot path needs and the ORM does not offer on both databases. */

/** Rows in one statement, so that none is so long that others wait for it. */
const rowsPerStatement = 5_000;

/**
 * Rows as one parameter, to be read by `json_each(…)`, whose `value` is then an array of columns: `value->>0`, to be
 * cast where it is no text. One text for any number of rows is prepared once, and a parameter a value would be dearer
 * than the row itself. An object with the rows by number, because PostgreSQL's `json_each` takes no array.
 */
export function rowsParameter(rows: readonly (readonly (string | number | boolean)[])[]): string {
  return JSON.stringify({ ...rows });
}

/** Cuts a list into runs that are good for one statement each. */
export function inStatements<T>(rows: readonly T[]): readonly (readonly T[])[] {
  if (rows.length <= rowsPerStatement) return rows.length === 0 ? [] : [rows];
  const runs: T[][] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    runs.push(rows.slice(start, start + rowsPerStatement));
  return runs;
}

/** A name as both databases keep it: PostgreSQL has no NUL, and neither has half a surrogate pair. */
export function storable(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, '');
}

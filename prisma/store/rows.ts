/** Many rows in one statement: what the hot path needs and the ORM does not offer on both databases. */
import { Prisma } from '../generated/sqlite/client.ts';

/** Rows in one statement; times the columns it stays below what either database takes as parameters. */
export const rowsPerStatement = 500;

const shapes = new Map<string, string[]>();

/**
 * `head (?, ?), (?, ?) … tail` with every value as a parameter, in either database's own placeholders.
 * The text is kept per number of rows, since making it is dearer than running it.
 */
export function manyRows(
  head: string,
  rows: readonly (readonly Value[])[],
  columns: number,
  tail: string,
): Prisma.Sql {
  const shape = `${head}|${rows.length}|${tail}`;
  let strings = shapes.get(shape);
  if (!strings) {
    strings = [`${head} (`];
    for (let value = 1; value < rows.length * columns; value++)
      strings.push(value % columns === 0 ? '), (' : ', ');
    strings.push(`) ${tail}`);
    if (shapes.size > 2_000) shapes.clear();
    shapes.set(shape, strings);
  }
  return new Prisma.Sql(strings, rows.flat());
}

export type Value = string | number | bigint | boolean | Date | null;

/** Cuts a list into runs of at most {@link rowsPerStatement}. */
export function inStatements<T>(rows: readonly T[]): T[][] {
  const runs: T[][] = [];
  for (let start = 0; start < rows.length; start += rowsPerStatement)
    runs.push(rows.slice(start, start + rowsPerStatement));
  return runs;
}

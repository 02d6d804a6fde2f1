/** Tables as an Excel file. */
import { writeXlsx } from 'hucre/xlsx';
import type { Sheet } from '../outbox/message.ts';

/** In half-width columns. */
const narrowest = 8;
const widest = 60;
/** Excel takes no more characters in a cell. */
const longestCell = 32_000;

/** An .xlsx of these tables, the first row of each in bold and held in place. No text is taken for a formula. */
export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const names = new Set<string>();
  return writeXlsx({
    sheets: sheets.map(({ name, rows }) => ({
      name: sheetName(name, names),
      columns: (rows[0] ?? []).map((_, n) => ({ width: width(rows.map((row) => row[n])) })),
      rows: rows.map((row) => row.map((value) => (typeof value === 'number' ? value : harmless(value)))),
      freezePane: { rows: 1 },
    })),
  });
}

/** A text that a spreadsheet reads as text, also when the table is saved as CSV and opened again. */
function harmless(value: string): string {
  const text = value.replace(/[\p{Cc}\p{Cs}]/gu, (c) => (c === '\n' ? c : ' ')).slice(0, longestCell);
  return /^[\s]*[=+\-@＝＋－＠]/u.test(text) ? `'${text}` : text;
}

function sheetName(name: string, taken: Set<string>): string {
  const made =
    name
      .replace(/[\\/?*[\]:']/gu, ' ')
      .slice(0, 28)
      .trim() || '表';
  let unique = made;
  for (let n = 2; taken.has(unique); n++) unique = `${made} ${n}`;
  taken.add(unique);
  return unique;
}

function width(values: readonly (string | number | undefined)[]): number {
  const widths = values.map((value) =>
    [...String(value ?? '')].reduce((sum, char) => sum + (char < '\u2000' ? 1 : 2), 2),
  );
  return Math.min(widest, Math.max(narrowest, ...widths));
}

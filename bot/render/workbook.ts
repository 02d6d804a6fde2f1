/** Tables as an Excel file. */
import { writeXlsx } from 'hucre/xlsx';
import type { Sheet } from '../outbox/message.ts';

/** In half-width columns. */
const narrowest = 8;
const widest = 44;
/** Points of a line of text, and of the highest row that Excel takes. */
const lineHeight = 15;
const highestRow = 405;
/** Excel takes no more characters in a cell. */
const longestCell = 32_000;

const line = { style: 'thin', color: { rgb: 'BFBFBF' } } as const;
const border = { top: line, right: line, bottom: line, left: line } as const;
/** Text is broken where the column ends, so that nothing long runs over its neighbours or is cut off in print. */
const body = { alignment: { wrapText: true, vertical: 'top' }, border } as const;
const head = { alignment: { wrapText: true, vertical: 'center' }, font: { bold: true }, border } as const;

/**
 * An .xlsx of these tables, the first row of each in bold and held in place, printed on A4 as wide as the table. No text is
 * taken for a formula.
 */
export async function workbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const names = new Set<string>();
  return writeXlsx({
    sheets: sheets.map(({ name, rows: said }) => ({
      name: sheetName(name, names),
      ...table(said.map((row) => row.map((value) => (typeof value === 'number' ? value : harmless(value))))),
      freezePane: { rows: 1 },
      pageSetup: {
        paperSize: 'a4',
        orientation: 'landscape',
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
        printTitlesRow: '$1:$1',
      },
      headerFooter: { oddFooter: '&C&P / &N' },
    })),
  });
}

type Rows = readonly (readonly (string | number)[])[];

/** Columns as wide as what stands in them, within reason, and rows high enough for it: not every program sees to that. */
function table(rows: Rows) {
  const [first = []] = rows;
  const widths = first.map((_, n) => width(rows.map((row) => row[n])));
  return {
    rows: rows.map((row) => [...row]),
    columns: widths.map((width) => ({ width, style: body })),
    cells: new Map(first.map((_, n) => [`0,${n}`, { style: head }])),
    rowDefs: new Map(
      rows.map((row, n) => [
        n,
        {
          height: Math.min(
            highestRow,
            lineHeight * Math.max(1, ...row.map((value, n) => lines(String(value), widths[n] ?? widest))),
          ),
        },
      ]),
    ),
  };
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

/** The head may stand on two lines. */
function width([title, ...values]: readonly (string | number | undefined)[]): number {
  const widths = values.map(
    (value) =>
      Math.max(
        ...String(value ?? '')
          .split('\n')
          .map(columns),
      ) + 2,
  );
  return Math.min(widest, Math.max(narrowest, Math.ceil(columns(String(title ?? '')) / 2) + 6, ...widths));
}

/** How many lines a text takes in so wide a column; a word that does not fit goes to the next one. */
function lines(text: string, width: number): number {
  return text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(columns(part) / (width - 2))), 0);
}

/** Half-width columns of a text. */
function columns(text: string): number {
  return [...text].reduce((sum, char) => sum + (char < '\u2000' ? 1 : 2), 0);
}

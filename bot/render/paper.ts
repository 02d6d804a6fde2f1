/** A paper in the official layout of GB/T 9704-2012 (党政机关公文格式) as a Word file. */
import {
  AlignmentType,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { civilOf, type Day } from '../../domain/calendar/day.ts';
import { fonts, fontTable } from './paper-fonts.ts';

/** What a paper says; data, so that it can wait until it is sent. Texts may be anybody's. */
export interface Paper {
  /** Each on a line of its own. */
  readonly title: readonly string[];
  /** 主送机关, without its colon. */
  readonly to?: string | undefined;
  readonly parts: readonly PaperPart[];
  /** 发文机关署名 */
  readonly from: string;
  readonly date: Day;
}

/** `一、`, `（一）` and `1.` are numbered here, and stand before running text or a table. */
export type PaperPart =
  | { readonly kind: 'first' | 'second' | 'third' | 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      /** Shares of the width. */
      readonly widths: readonly number[];
      readonly rows: readonly (readonly string[])[];
    };

/** 版心 156 mm wide (§5.2.1): margins 37, 35, 28 and 26 mm on A4. */
const page = { width: 210, height: 297, top: 37, bottom: 35, left: 28, right: 26 } as const;
const textWidth = mm(page.width - page.left - page.right);
/** Half-points: 二号 22 pt, 三号 16 pt, 四号 14 pt, 小四 12 pt. */
const size = { title: 44, body: 32, folio: 28, table: 24 } as const;
/** Twentieths of a point: 28 pt a line, exactly. */
const line = { line: 560, lineRule: LineRuleType.EXACT } as const;
/** One character of 三号. */
const character = 320;
/** Longer is nothing that anybody reads, and Word gets slow. */
const longest = 4_000;

/** The paper as a .docx. */
export async function paperFile(paper: Paper): Promise<Uint8Array> {
  const { title, to, from, date } = paper;
  const { year, month, date: dayOfMonth } = civilOf(date);
  const document = new Document({
    title: legal(title.join('')),
    creator: '联青',
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: fonts.body, size: size.body } } } },
    sections: [
      {
        properties: { page: pageProperties() },
        footers: {
          default: folio(AlignmentType.RIGHT, { right: character }),
          even: folio(AlignmentType.LEFT, { left: character }),
        },
        children: [
          ...title.map((words) =>
            paragraph(words, { font: fonts.title, size: size.title }, { alignment: AlignmentType.CENTER }),
          ),
          paragraph('', {}),
          ...(to === undefined ? [] : [paragraph(`${to}：`, {})]),
          ...numbered(paper.parts).flatMap(block),
          paragraph('', {}, { keepNext: true }),
          paragraph(from, {}, { alignment: AlignmentType.RIGHT, keepNext: true, right: 2 * character }),
          paragraph(
            `${year}年${month}月${dayOfMonth}日`,
            {},
            { alignment: AlignmentType.RIGHT, right: 4 * character },
          ),
        ],
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: fontTable }]);
}

/** Our own words as official papers set them: figures without spaces around them. */
export function withoutGaps(words: string): string {
  return words.replace(/(?<=[\p{Script=Han}：，]) (?=\d)|(?<=\d%?) (?=\p{Script=Han})/gu, '');
}

/** Millimetres in twentieths of a point. */
function mm(millimetres: number): number {
  return Math.round((millimetres / 25.4) * 1440);
}

function pageProperties() {
  return {
    size: { width: mm(page.width), height: mm(page.height) },
    // The page number stands 7 mm below the text (§7.5).
    margin: {
      top: mm(page.top),
      bottom: mm(page.bottom),
      left: mm(page.left),
      right: mm(page.right),
      footer: mm(23),
    },
  };
}

/** “— 1 —” in 四号 half-width 宋体, outside: right on odd pages, left on even ones. */
function folio(
  alignment: (typeof AlignmentType)[keyof typeof AlignmentType],
  indent: { readonly left?: number; readonly right?: number },
): Footer {
  const run = { font: fonts.folio, size: size.folio };
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent,
        children: [
          new TextRun({ ...run, text: '— ' }),
          new TextRun({ ...run, children: [PageNumber.CURRENT] }),
          new TextRun({ ...run, text: ' —' }),
        ],
      }),
    ],
  });
}

interface Look {
  readonly font?: (typeof fonts)[keyof typeof fonts];
  readonly size?: number;
  readonly bold?: boolean;
}

interface Place {
  readonly alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
  readonly keepNext?: boolean;
  readonly right?: number;
  /** Two characters in front, as running text has. */
  readonly indented?: boolean;
  readonly spacing?: {
    readonly line: number;
    readonly lineRule: (typeof LineRuleType)[keyof typeof LineRuleType];
  };
}

function paragraph(text: string, look: Look, place: Place = {}): Paragraph {
  const { alignment = AlignmentType.BOTH, keepNext = false, right, indented, spacing = line } = place;
  return new Paragraph({
    alignment,
    keepNext,
    spacing,
    indent: {
      ...(right === undefined ? {} : { right }),
      ...(indented ? { firstLine: 2 * character, firstLineChars: 200 } : {}),
    },
    children: [
      new TextRun({
        text: legal(text),
        font: look.font ?? fonts.body,
        size: look.size ?? size.body,
        ...(look.bold ? { bold: true } : {}),
      }),
    ],
  });
}

/** Puts the numbers before the headings, each level counting within the one above. */
function numbered(parts: readonly PaperPart[]): readonly PaperPart[] {
  const counts = { first: 0, second: 0, third: 0 };
  return parts.map((part) => {
    switch (part.kind) {
      case 'first':
        Object.assign(counts, { first: counts.first + 1, second: 0, third: 0 });
        return { ...part, text: `${chinese(counts.first)}、${part.text}` };
      case 'second':
        Object.assign(counts, { second: counts.second + 1, third: 0 });
        return { ...part, text: `（${chinese(counts.second)}）${part.text}` };
      case 'third':
        counts.third += 1;
        return { ...part, text: `${counts.third}. ${part.text}` };
      default:
        return part;
    }
  });
}

/** A word that fits on no line with others: what stands before it would be spread over the whole line. */
const long = /[\x21-\x7e]{10,}/u;
const ragged = { alignment: AlignmentType.LEFT } as const;

function block(part: PaperPart): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'first':
      return [paragraph(part.text, { font: fonts.first }, { indented: true, keepNext: true })];
    case 'second':
      return [paragraph(part.text, { font: fonts.second }, { indented: true, keepNext: true })];
    case 'third':
    case 'text':
      return part.text
        .slice(0, longest)
        .split('\n')
        .map((words) => paragraph(words, {}, { indented: true, ...(long.test(words) ? ragged : {}) }));
    case 'table':
      return [table(part), paragraph('', {})];
  }
}

function table({ head, widths, rows }: Extract<PaperPart, { kind: 'table' }>): Table {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => Math.floor((textWidth * width) / whole));
  const row = (words: readonly string[], isHead: boolean) =>
    new TableRow({
      ...(isHead ? { tableHeader: true } : {}),
      // A row on two pages is hard to read; what is longer than a page is split all the same.
      cantSplit: true,
      children: columns.map((width, n) => cell(words[n] ?? '', width, isHead)),
    });
  return new Table({
    width: { size: textWidth, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: columns,
    rows: [row(head, true), ...rows.map((words) => row(words, false))],
  });
}

function cell(text: string, width: number, isHead: boolean): TableCell {
  const look = { size: size.table, ...(isHead ? { font: fonts.first } : {}) };
  const spacing = { line: 360, lineRule: LineRuleType.AT_LEAST };
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { left: 80, right: 80, top: 40, bottom: 40 },
    children: text
      .slice(0, longest)
      .split('\n')
      .map((words) =>
        paragraph(words, look, { spacing, alignment: isHead ? AlignmentType.CENTER : AlignmentType.LEFT }),
      ),
  });
}

/** A text on one line, of characters that XML 1.0 may hold and that do not turn the direction of what follows. */
function legal(text: string): string {
  return text
    .slice(0, longest)
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Noncharacter_Code_Point}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd\p{Cs}]/gu, '');
}

const units = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 1 to 99 in Chinese. */
function chinese(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  return `${tens > 1 ? units[tens] : ''}${tens > 0 ? '十' : ''}${units[ones]}`;
}

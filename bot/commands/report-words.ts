/** A report's draft as the cadre gets it: its text in a card, and the whole with its records as a file. */
import { toWrite } from '../../domain/reports/draft.ts';
import {
  type EvidenceRecord,
  type ReportPart,
  type ReportSentence,
  reportParts,
} from '../../domain/reports/report.ts';
import type { Draft } from '../outbox/message.ts';
import { card } from './say.ts';

/** A draft with what it rests on. */
export interface ReportDraft {
  readonly title: string;
  readonly unit: string;
  readonly cadre: string;
  readonly sentences: readonly ReportSentence[];
  readonly records: readonly EvidenceRecord[];
  /** Who wrote it, and what was struck. */
  readonly note: string;
}

const headings: Readonly<Record<ReportPart, string>> = {
  做法: '一、做法',
  经验: '二、经验',
  问题: '三、存在问题',
  打算: '四、下步工作安排',
};

/** A card's text stays below it, in characters; the file has all. */
const longestShown = 1_600;

const hint = '方括号里是依据的编号，交之前请核对、补写，再删掉编号。';

/** The messages that bring a draft to its cadre. */
export function reportMessages(draft: ReportDraft): readonly Draft[] {
  const lines = bodyOf(draft);
  let shown = lines.length;
  while (lines.slice(0, shown).join('\n').length > longestShown) shown--;
  const rest = shown < lines.length ? ['……（没放下的在文件里）'] : [];
  return [
    card(
      `工作情况（初稿）｜${draft.title}`,
      [...lines.slice(0, shown), ...rest, draft.note, hint].join('\n'),
    ),
    {
      type: 'file',
      name: `工作情况初稿-${draft.title.replace(/\s/gu, '')}.txt`,
      // The mark at the beginning tells old editors that it is UTF-8.
      base64: Buffer.from(`\ufeff${fileOf(draft)}`).toString('base64'),
    },
  ];
}

function bodyOf({ sentences }: ReportDraft): readonly string[] {
  return reportParts.flatMap((part) => [
    headings[part],
    ...sentences
      .filter((sentence) => sentence.part === part)
      .map(({ text, records }) => `${text}${records.map((number) => `[${number}]`).join('')}`),
    ...(toWrite[part] === '' ? [] : [toWrite[part]]),
  ]);
}

function fileOf(draft: ReportDraft): string {
  const { title, unit, cadre, records, note } = draft;
  return [
    `联系青年工作情况（初稿）　${title}`,
    `单位：${unit}　团干部：${cadre}`,
    '',
    ...bodyOf(draft),
    '',
    '依据',
    ...records.map(({ number, text, source }) => `[${number}] ${text}（${source}）`),
    '',
    note,
    hint,
    '',
  ].join('\r\n');
}

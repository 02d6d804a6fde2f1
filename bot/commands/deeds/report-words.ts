/** A report's draft as the cadre gets it: its text in a card, and the whole with its records as a Word file. */
import type { Day } from '../../../domain/calendar/day.ts';
import { toWrite } from '../../../domain/reports/draft.ts';
import {
  type EvidenceRecord,
  type ReportPart,
  type ReportSentence,
  reportParts,
} from '../../../domain/reports/report.ts';
import { card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { type Paper, type PaperPart, withoutGaps } from '../../render/paper.ts';

/** A draft with what it rests on. */
export interface ReportDraft {
  readonly title: string;
  readonly unit: string;
  readonly cadre: string;
  /** The day of writing. */
  readonly date: Day;
  readonly sentences: readonly ReportSentence[];
  readonly records: readonly EvidenceRecord[];
  /** Who wrote it, and what was struck. */
  readonly note: string;
}

const headings: Readonly<Record<ReportPart, string>> = {
  做法: '做法',
  经验: '经验',
  问题: '存在问题',
  打算: '下步工作安排',
};

const numerals = ['一', '二', '三', '四'];

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
      [{ label: '交上去了，记一条', command: '/记 填写' }],
    ),
    {
      type: 'paper',
      name: `工作情况初稿-${draft.title.replace(/\s/gu, '')}.docx`,
      paper: paperOf(draft),
    },
  ];
}

function bodyOf({ sentences }: ReportDraft): readonly string[] {
  return reportParts.flatMap((part, n) => [`${numerals[n]}、${headings[part]}`, ...linesOf(sentences, part)]);
}

function linesOf(sentences: readonly ReportSentence[], part: ReportPart): readonly string[] {
  return [
    ...sentences
      .filter((sentence) => sentence.part === part)
      .map(({ text, records }) => `${text}${records.map((number) => `[${number}]`).join('')}`),
    ...(toWrite[part] === '' ? [] : [toWrite[part]]),
  ];
}

function paperOf({ title, unit, cadre, date, sentences, records, note }: ReportDraft): Paper {
  const first = (text: string): PaperPart => ({ kind: 'first', text });
  const lines = (texts: readonly string[]) =>
    texts.map((text): PaperPart => ({ kind: 'text', text: withoutGaps(text) }));
  return {
    title: ['联系青年工作情况（初稿）', `（${withoutGaps(title)}）`],
    parts: [
      ...reportParts.flatMap((part) => [first(headings[part]), ...lines(linesOf(sentences, part))]),
      first('依据（交之前删去）'),
      ...lines(records.map(({ number, text, source }) => `[${number}] ${text}（${source}）`)),
      ...lines([note, hint]),
    ],
    from: `${unit}　${cadre}`,
    date,
  };
}

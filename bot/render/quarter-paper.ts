/** The quarter's problem list as an official paper: fit to be sent up, since only what its askers consent to has words. */
import { civilOf, type Day } from '../../domain/calendar/day.ts';
import { quarterName } from '../../domain/calendar/quarter-words.ts';
import { stageNames } from '../../domain/listening/demand.ts';
import { type Entry, sorted } from '../../domain/listening/entry.ts';
import type { QuarterAnalysis, Tally } from '../../domain/listening/quarter.ts';
import { oneLine } from './legible.ts';
import { type Paper, type PaperPart, withoutGaps } from './paper.ts';
import { attendanceWords, countWords, solvedWords, speedWords, tallyWords } from './quarter-words.ts';

const mostRows = 100;

/** `entries` are those of the quarter, names taken out. */
export function quarterPaper(
  analysis: QuarterAnalysis,
  entries: readonly Entry[],
  about: { readonly group: string; readonly cadre: string; readonly unit: string },
): Paper {
  const quarter = quarterName(analysis.quarter);
  const group = oneLine(about.group);
  const consented = entries.filter(({ consent, state }) => consent === 'given' && state !== 'merged');
  return {
    title: ['联系青年问题清单分析报告', `（${quarter}）`],
    to: oneLine(about.unit),
    parts: [
      text(
        `按照定期梳理青年思想困惑、实际困难和意见建议，形成问题清单，并按季度整理报送的要求，现将“${group}”${quarter}问题清单的情况报告如下。`,
      ),
      first('基本情况'),
      text(`${quarter}${countWords(analysis)}`),
      text(
        `${attendanceWords(analysis)}，机器人不在的日子可能有没收到的。状态截至${dateWords(analysis.asOf)}。`,
      ),
      first('分析研判'),
      second('类别和领域'),
      ...(analysis.total === 0
        ? [text('本季度没有收到诉求。')]
        : [
            text(
              `按类别：${tallyWords(analysis.kinds)}。${analysis.guessed > 0 ? `其中 ${analysis.guessed} 件团干部还没有归类，按规则估计。` : ''}`,
            ),
            shareTable(analysis.fields, analysis.total),
          ]),
      second('办理情况'),
      text(`${solvedWords(analysis)}${speedWords(analysis)}`),
      second('未能解决的问题和原因'),
      ...unsolvedParts(analysis),
      first('建议向上反映的共性问题'),
      ...commonParts(analysis),
      first('提出人同意转报的具体问题'),
      ...(consented.length === 0
        ? [text('本季度没有提出人同意转报的具体问题。未同意转报的，只计数，不列内容。')]
        : [entryTable(consented.slice(0, mostRows))]),
      first('意见和建议'),
      text('（请在此写下您的分析、意见和下步打算。）'),
    ],
    from: `${oneLine(about.unit)}　${oneLine(about.cadre)}`,
    date: analysis.asOf,
  };
}

function unsolvedParts({ unsolved }: QuarterAnalysis): PaperPart[] {
  if (unsolved.length === 0) return [text('没有。')];
  return unsolved.map(({ number, field, reason }) =>
    item(`第 ${number} 号（${field}）：`, oneLine(reason) || '已向本人说明原因'),
  );
}

function commonParts({ common }: QuarterAnalysis): PaperPart[] {
  if (common.length === 0) return [text('本季度没有三人以上共同反映的问题。')];
  return common.map(({ number, field, voices, state, text: words }) =>
    item(
      `第 ${number} 号（${field}，${voices} 人反映，${stageNames[state]}）：`,
      words === undefined ? '提出人还没有同意转报，内容不列' : oneLine(words),
    ),
  );
}

/** A numbered item that ends with one full stop, whatever people wrote. */
function item(about: string, words: string): PaperPart {
  return { kind: 'third', text: `${withoutGaps(about)}${words.replace(/[。.]+$/u, '')}。` };
}

function shareTable(tallies: readonly Tally[], total: number): PaperPart {
  return {
    kind: 'table',
    head: ['领域', '件数', '占比'],
    widths: [2, 1, 1],
    rows: tallies.map(({ name, count }) => [
      oneLine(name),
      String(count),
      `${Math.round((count / total) * 100)}%`,
    ]),
  };
}

function entryTable(entries: readonly Entry[]): PaperPart {
  return {
    kind: 'table',
    head: ['编号', '类别', '领域', '内容', '办理情况'],
    widths: [8, 15, 17, 40, 20],
    rows: entries.map((entry) => {
      const { kind, field } = sorted(entry);
      const { number, text: words, state, reply } = entry;
      return [
        String(number),
        kind,
        oneLine(field),
        words,
        [stageNames[state], reply === undefined ? '' : reply].filter(Boolean).join('：'),
      ];
    }),
  };
}

/** “2026年9月28日”, as official papers have it. */
function dateWords(day: Day): string {
  const { year, month, date } = civilOf(day);
  return `${year}年${month}月${date}日`;
}

function first(words: string): PaperPart {
  return { kind: 'first', text: words };
}

function second(words: string): PaperPart {
  return { kind: 'second', text: words };
}

function text(words: string): PaperPart {
  return { kind: 'text', text: withoutGaps(words) };
}

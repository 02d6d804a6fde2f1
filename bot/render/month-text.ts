/** “你说我办” in words: beside the card as its description, and to its cadre as a preview. */
import { type MonthReport, otherFields } from '../../domain/listening/month.ts';
import { oneLine } from './legible.ts';
import { tallyWords } from './quarter-words.ts';

/** “2026年10月”. */
export function monthName(month: string): string {
  const [year, number] = month.split('-');
  return `${year}年${Number(number)}月`;
}

/** What was asked. */
export function askedWords({ asked, fields }: MonthReport): string {
  if (asked === 0) return '这个月没有收到新的诉求。';
  return `收到 ${asked} 件${namesFields(fields) ? `：${tallyWords(fields)}` : ''}。`;
}

/** Whether any field is named: “其他方面” alone says nothing. */
export function namesFields(fields: MonthReport['fields']): boolean {
  return fields.some(({ name }) => name !== otherFields);
}

/** What became of it. */
export function doneWords({ answered, explained, left }: MonthReport): string {
  return [
    `答复了 ${answered} 件`,
    explained > 0 ? `说明了办不了的原因 ${explained} 件` : '',
    left > 0 ? `还在办 ${left} 件` : '',
  ]
    .filter(Boolean)
    .join('，')
    .concat('。');
}

/** The whole of it. */
export function monthText(report: MonthReport): string {
  return [
    `你说我办｜${monthName(report.month)}`,
    `你说的：${askedWords(report)}`,
    `我办的：${doneWords(report)}`,
    ...report.notes.map((note) => `· ${oneLine(note)}`),
    invitation,
  ].join('\n');
}

/** How to be heard; at the foot of the card. */
export const invitation = '有困难、有想法，私聊我发 /诉求 加内容，会有回音。';

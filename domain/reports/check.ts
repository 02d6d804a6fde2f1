/** What a model wrote on the records: a sentence that they do not bear is struck. */
import type { EvidenceRecord, ReportSentence } from './report.ts';

/** Why a sentence was struck. */
export type Struck = 'no-record' | 'unknown-record' | 'number' | 'title' | 'boast';

export interface Checked {
  readonly kept: readonly ReportSentence[];
  readonly struck: readonly Struck[];
}

/** Keeps the sentences that their records bear. A text of several sentences is taken apart; each must be borne. */
export function checkSentences(
  written: readonly ReportSentence[],
  records: readonly EvidenceRecord[],
): Checked {
  const kept: ReportSentence[] = [];
  const struck: Struck[] = [];
  for (const { part, text, records: named } of written)
    for (const sentence of sentencesIn(text)) {
      const why = faultOf(sentence, named, records);
      if (why === undefined) kept.push({ part, text: sentence, records: [...new Set(named)] });
      else struck.push(why);
    }
  return { kept, struck };
}

function faultOf(
  sentence: string,
  named: readonly number[],
  records: readonly EvidenceRecord[],
): Struck | undefined {
  if (named.length === 0) return 'no-record';
  const borne = named.map((number) => records.find((record) => record.number === number));
  if (borne.includes(undefined)) return 'unknown-record';
  const evidence = borne
    .map((record) => record?.text ?? '')
    .join('\n')
    .normalize('NFKC');
  // A title must stand there as it is: it may hold anything, amounts too.
  if ((sentence.match(quoted) ?? []).some((title) => !evidence.includes(title.normalize('NFKC'))))
    return 'title';
  const amounts = new Set(amountsIn(evidence));
  if (amountsIn(sentence).some((amount) => !amounts.has(amount))) return 'number';
  return wordsIn(sentence).some((word) => !evidence.includes(word)) ? 'boast' : undefined;
}

function sentencesIn(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      .replace(/\s*\n\s*/gu, '。')
      .match(/[^。!?;！？；]+[。!?;！？；]*/gu) ?? []
  )
    .map((piece) => piece.replace(/[。!?;！？；\s]+$/u, '').trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece))
    .map((piece) => `${restored(piece)}。`);
}

/** NFKC makes Chinese commas, colons and brackets half-width; in Chinese they are full-width. */
function restored(text: string): string {
  const wide: Readonly<Record<string, string>> = { ',': '，', ':': '：', '(': '（', ')': '）' };
  return text.replace(/(?<!\d)[,:()]|[,:()](?!\d)/gu, (mark) => wide[mark] ?? mark);
}

const quoted = /“[^”]*”/gu;

/** Units that count the same thing. */
const units: Readonly<Record<string, string>> = {
  人: '人',
  名: '人',
  位: '人',
  次: '次',
  场: '次',
  回: '次',
  堂: '次',
  个: '个',
  件: '件',
  条: '条',
  份: '份',
  天: '天',
  日: '日',
  周: '周',
  月: '月',
  年: '年',
  '%': '%',
};
const unit = `[${Object.keys(units).join('')}]`;
const arabic = new RegExp(`(\\d+(?:\\.\\d+)?)\\s*(${unit})?`, 'gu');
const chinese = new RegExp(`([零〇一二两三四五六七八九十百千]+)\\s*(?:多|余|来|几)?\\s*(${unit})`, 'gu');
const percent = /百分之([零〇一二两三四五六七八九十百]+)/gu;

/** Every amount in a text as number and what it counts; names of what is asked (“五个有”) are none. */
function amountsIn(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .replace(quoted, '')
    .replace(/[五5]\s*个\s*[有一]/gu, '');
  return [
    ...[...plain.matchAll(arabic)].map(([, number = '', of = '']) => `${Number(number)}${units[of] ?? ''}`),
    ...[...plain.matchAll(chinese)].map(([, number = '', of = '']) => `${countOf(number)}${units[of] ?? ''}`),
    ...[...plain.matchAll(percent)].map(([, number = '']) => `${countOf(number)}%`),
  ];
}

const digits = '零一二三四五六七八九';
const places: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };

function countOf(written: string): number {
  let [sum, last] = [0, 0];
  for (const char of written.replaceAll('〇', '零').replaceAll('两', '二')) {
    const place = places[char];
    if (place === undefined) last = last * 10 + Math.max(0, digits.indexOf(char));
    else {
      sum += (last || 1) * place;
      last = 0;
    }
  }
  return sum + last;
}

/** Praise, and amounts without a number: none of it can be looked up. */
const boasts =
  /显著|明显|大大|极大|深受|深入|广泛|热烈|踊跃|积极|充分|圆满|成功|高度|一致|好评|欢迎|认可|满意|受益|优秀|出色|扎实|有力|有效|良好|提升|提高|增强|多数|大部分|绝大|过半|一半|全体|全部|所有|人人|数十|数百|上百|几十|几百|众多|大量|许多|翻|倍|[十百千万\d]\s*(?:多|余|来)\s*(?:人|名|位|次|场|个|件|条|天)|几\s*(?:人|名|位|次|场|个|件|条|天)/gu;

function wordsIn(sentence: string): readonly string[] {
  return sentence.match(boasts) ?? [];
}

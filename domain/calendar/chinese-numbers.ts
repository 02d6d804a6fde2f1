/** Numbers as people type them in Chinese: full-width digits and 一 to 九十九. */

const folds: Readonly<Record<string, string>> = {
  '：': ':',
  '．': '.',
  '／': '/',
  '－': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '～': '-',
  '~': '-',
  '〜': '-',
  点: '点',
  點: '点',
  時: '时',
  號: '号',
  後: '后',
  週: '周',
  鐘: '钟',
  '\u3000': ' ',
  '\u00a0': ' ',
};

/**
 * The text with full-width digits and letters, dashes and a few traditional characters in their plain form.
 * Each UTF-16 unit stays one unit, so that positions in the result are positions in the text.
 */
export function foldWidths(text: string): string {
  return text.replace(/[^\p{ASCII}]|~/gu, (char) => {
    const code = char.charCodeAt(0);
    if (code >= 0xff10 && code <= 0xff5a) return folds[char] ?? String.fromCharCode(code - 0xfee0);
    return folds[char] ?? char;
  });
}

const digits = '零一二三四五六七八九';

/** One of 〇零一二两三…九, or undefined. */
function digitOf(char: string): number | undefined {
  if (char === '〇') return 0;
  if (char === '两') return 2;
  const value = digits.indexOf(char);
  return value < 0 || char === '' ? undefined : value;
}

/**
 * The whole number that `text` stands for: plain digits, or Chinese numerals up to 九十九 (also 零五, 两, 十).
 * Undefined when it is no such number (“一二”, “十十”).
 */
export function chineseNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const zero = /^[零〇](.)$/.exec(text);
  if (zero) return digitOf(zero[1] ?? '');
  if (text.length === 1 && text !== '十') return digitOf(text);
  const tens = /^(.?)十(.?)$/.exec(text);
  if (!tens) return undefined;
  const high = tens[1] ? digitOf(tens[1]) : 1;
  const low = tens[2] ? digitOf(tens[2]) : 0;
  return high === undefined || low === undefined ? undefined : high * 10 + low;
}

/** The year that four Chinese digits stand for (二〇二六), or undefined. */
export function chineseYear(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return Number(text);
  const values = [...text].map(digitOf);
  if (values.length !== 4 || values.includes(undefined)) return undefined;
  return values.reduce<number>((year, digit) => year * 10 + (digit ?? 0), 0);
}

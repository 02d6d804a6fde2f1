/**
 * Text of a text message: Feishu reads tags (`<at …>`, `<b>`) and links (`[…](…)`) in it. What people wrote must not
 * mention everybody or pose as a link of ours; so what opens a tag becomes its full-width twin.
 */
export function plainText(text: string): string {
  return text.replace(/<(?=[/!?]?\s*[a-z])/gi, '＜').replace(/\](?=\()/g, '] ');
}

/** Marks that a card's markdown would read, and the entities that Feishu shows in their place. */
const entities: Readonly<Record<string, string>> = {
  '<': '&#60;',
  '>': '&#62;',
  '*': '&#42;',
  _: '&#95;',
  '~': '&sim;',
  '`': '&#96;',
  '[': '&#91;',
  ']': '&#93;',
  '(': '&#40;',
  ')': '&#41;',
  '#': '&#35;',
  '\\': '&#92;',
  '&': '&#38;',
  ':': '&#58;',
  '|': '&#124;',
  '!': '&#33;',
};

/**
 * Text inside a card's markdown: shown as it is written, without any markup. A line of it that follows another begins
 * with a space of no width, so that it can neither begin a list nor rule, indent code or make the line above a heading.
 */
export function escapedMarkdown(text: string): string {
  return text
    .replace(/[<>*_~`[\]()#\\&:|!]/g, (mark) => entities[mark] ?? mark)
    .replace(/\r\n?|\n/g, '\n\u200b');
}

/** Mentions somebody in a text message; undefined for an id that is no person's. */
export function mentionTag(openId: string): string | undefined {
  return /^[A-Za-z0-9_-]{1,100}$/.test(openId) && openId !== 'all'
    ? `<at user_id="${openId}"></at>`
    : undefined;
}

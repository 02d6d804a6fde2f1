/** What people typed, made fit to be stored and repeated. */

/** Directional and other invisible characters (joiners inside emoji stay), lone surrogates, non-characters. */
const invisible = /(?!\u200d)[\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const controls = /[\p{Cc}\u2028\u2029]/gu;

/** Every `@` but that of an e-mail address. */
const mention = /(?<![\w.%+-])@|@(?![A-Za-z0-9-]{1,63}\.[A-Za-z0-9])/g;

/**
 * A person's text as it may be stored and repeated by the bot: controls, directional and invisible characters are
 * gone (PostgreSQL takes no NUL), `@` is written full-width so that a repeated text never calls anybody
 * (`@所有人`), at most one blank line stands between lines. Markup stays as typed: to an adapter text is text.
 */
export function plain(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, (c) => (c === '\n' ? c : ''))
    .replace(invisible, '')
    .replace(mention, '＠')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** How many characters a text has, by code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

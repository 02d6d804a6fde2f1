/** Names in texts: whom a message mentions, and whom an inline quote quotes. Hints only, never identity. */

/** Who is in a group, as far as names can tell: a name that two people bear stands for nobody. */
export interface NameBook {
  readonly byName: ReadonlyMap<string, string | 'several'>;
  readonly longest: number;
}

/** The most mentions of one message that are looked at: a flood of `@` must cost nothing. */
const mostMentions = 20;
/** Behind a mention WeChat puts this space. */
const mentionEnd = '\u2005';

/** The name book of a group. */
export function nameBook(members: readonly { readonly id: string; readonly name: string }[]): NameBook {
  const byName = new Map<string, string | 'several'>();
  let longest = 0;
  for (const { id, name: written } of members) {
    const name = spelt(written);
    if (name === '') continue;
    const known = byName.get(name);
    byName.set(name, known === undefined || known === id ? id : 'several');
    longest = Math.max(longest, name.length);
  }
  return { byName, longest };
}

/** Whom a text mentions: only names that one person alone bears in that group. */
export function mentionsIn(text: string, book: NameBook): readonly string[] {
  const found = new Set<string>();
  let at = text.indexOf('@');
  for (let n = 0; at >= 0 && n < mostMentions; n++) {
    const id = mentionedAt(text, at + 1, book);
    if (id !== undefined && id !== 'several') found.add(id);
    at = text.indexOf('@', at + 1);
  }
  return [...found];
}

function mentionedAt(text: string, from: number, book: NameBook): string | undefined {
  const rest = text.slice(from, from + book.longest + 1);
  const end = rest.indexOf(mentionEnd);
  const whole = end < 0 ? undefined : book.byName.get(spelt(rest.slice(0, end)));
  if (whole !== undefined) return whole;
  // Typed by hand, or from a client that writes a plain space.
  const word = /^\S+/.exec(rest)?.[0].split(mentionEnd)[0];
  return word === undefined ? undefined : book.byName.get(spelt(word));
}

/** Text with an inline quote taken off, and whom it quotes. */
export interface Unquoted {
  readonly text: string;
  readonly quotedName?: string;
  readonly quotedText?: string;
}

const quoteEnd = /」\n(?:- ){4,}-?[ \t]*(?:\n|$)/g;

/** Takes off `「name：text」` and the dashes, by which older clients quote within a text. */
export function withoutInlineQuote(text: string): Unquoted {
  if (!text.startsWith('「')) return { text };
  let last: { index: number; length: number } | undefined;
  for (const match of text.matchAll(quoteEnd)) last = { index: match.index, length: match[0].length };
  if (!last) return { text };
  const quoted = text.slice(1, last.index);
  const colon = quoted.search(/[：:]/);
  return {
    text: text.slice(last.index + last.length).trim(),
    ...(colon > 0
      ? { quotedName: quoted.slice(0, colon).trim(), quotedText: quoted.slice(colon + 1).trim() }
      : {}),
  };
}

/** A name as names are compared. */
export function spelt(name: string): string {
  return name.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

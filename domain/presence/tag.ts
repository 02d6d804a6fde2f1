/** Finding topics' tags in what people write (design.md, counting rule 5). */

const prefix = '#话题';
const digits = /^[0-9]+$/;
const letterOrNumber = /[\p{L}\p{N}]/u;

/** Whether a text has the beginning of any tag: a cheap question to ask before the dear one. */
export function mayHaveTag(text: string): boolean {
  return text.normalize('NFKC').includes(prefix);
}

/** No message names more topics than this in earnest. */
const tagsAtMost = 20;

/**
 * The numbers that stand in a text as tags of topics, as written: `12` for `#话题12`. More than six digits are no number
 * of a topic (but perhaps a telephone's); only the first twenty different numbers are told.
 */
export function tagNumbersIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, number = ''] of text.normalize('NFKC').matchAll(/#话题([0-9]{1,6})(?![0-9])/g)) {
    found.add(number);
    if (found.size === tagsAtMost) break;
  }
  return [...found];
}

/**
 * A finder of the topics, given by their numbers or ids, whose tag a text contains. Text and tags are compared
 * NFKC-normalised; a number ends at anything but a digit, any other id at anything but a letter or number.
 */
export function tagFinder(ids: Iterable<string>): (text: string) => ReadonlySet<string> {
  const byLabel = new Map<string, string[]>();
  for (const id of ids) {
    const label = id.normalize('NFKC');
    const same = byLabel.get(label);
    if (same) same.push(id);
    else byLabel.set(label, [id]);
  }
  const lengths = [...new Set(Array.from(byLabel.keys(), (label) => label.length))];
  return (raw) => {
    const text = raw.normalize('NFKC');
    const found = new Set<string>();
    for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
      const start = at + prefix.length;
      for (const length of lengths) {
        const label = text.slice(start, start + length);
        const same = byLabel.get(label);
        if (same && endsThere(label, text, start + length)) for (const id of same) found.add(id);
      }
    }
    return found;
  };
}

function endsThere(label: string, text: string, end: number): boolean {
  const next = text.codePointAt(end);
  if (next === undefined) return true;
  // Half a character is no end: an id may be torn in the middle of one.
  if (isHighSurrogate(label.charCodeAt(label.length - 1)) && next >= 0xdc00 && next <= 0xdfff) return false;
  const character = String.fromCodePoint(next);
  return !(digits.test(label) ? digits : letterOrNumber).test(character);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Names that people chose themselves, made fit for one line of a card or a text. */

/** More is never shown; it also bounds the work that a hostile name can cause. */
const longest = 500;

/** Controls, directional and other invisible characters, lone surrogates, private use, and letters that draw nothing. */
const invisible =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;
const joiner = '\u200d';
/** A joiner has its place between two pictures only: a teacher is a woman, a joiner, a school. */
const strayJoiner =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})/gu;
const piledMarks = /(\p{M}{2})\p{M}+/gu;

/** Below it are the alphabets; from here on Chinese, its punctuation, and pictures. */
const firstWide = 0x2000;

const graphemes = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' });

/**
 * A chosen name on one line: white space becomes one space; controls, directional (U+202E and its like) and other
 * invisible characters go, except the joiners inside an emoji; of piled-up accents two stay.
 * Empty when nothing visible is left.
 */
export function oneLine(name: string): string {
  return name
    .slice(0, longest)
    .replace(/\s+/gu, ' ')
    .replace(invisible, (c) => (c === joiner ? c : ''))
    .replace(strayJoiner, '')
    .replace(piledMarks, '$1')
    .trim();
}

/**
 * Cuts a line to `width` half-width columns (a Chinese character or an emoji takes two) and ends it with “…” if
 * anything was cut. Never splits an emoji or an accented letter.
 */
export function shorten(line: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const { segment } of graphemes.segment(line)) {
    used += (segment.codePointAt(0) ?? 0) < firstWide ? 1 : 2;
    if (used > width) return `${kept.trimEnd()}…`;
    kept += segment;
  }
  return kept;
}

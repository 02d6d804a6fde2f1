/** From what somebody typed to the name of a command and what stands after it. */

/** A command's name is looked for within this many characters. */
const longestName = 16;

const leadingMentions = /^\s*(?:[@＠]\S*\s*)*/u;
/** What people put between a command and its arguments: `/诉求：食堂太挤`. */
const separators = /^[\s:：,，、]+/u;
const invisible = /^\p{Cf}$/u;

/** What was typed, without the mentions before it. */
export function withoutMentions(typed: string): string {
  return typed.slice(leadingMentions.exec(typed)?.[0].length ?? 0);
}

/**
 * What stands after the slash (`/`, `／`, also `/ 帮助` and `//帮助`), or undefined when the text is no command. Mentions
 * before it are taken off.
 */
export function afterSlash(typed: string): string | undefined {
  const text = withoutMentions(typed);
  return /^[/／]/.test(text) ? text.replace(/^[/／\s]+/, '') : undefined;
}

/** The beginning of a text, and the text after it without separators. */
export interface Split {
  readonly word: string;
  readonly rest: string;
  /** Whether something separated the two; `/话题发布` has nothing between. */
  readonly separated: boolean;
}

/** A name as it is compared: NFKC, lower case, nothing invisible. */
export function spelled(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '');
}

/**
 * The ways to split a text into a first word and a rest, the longest word first: the whole first word, then shorter
 * beginnings of it, since many people leave out the space. The rest stays as typed.
 */
export function splits(text: string): readonly Split[] {
  const found: Split[] = [];
  let word = '';
  let end = 0;
  let separated = true;
  for (const char of text) {
    if (separators.test(char)) break;
    if (found.length === longestName) {
      separated = false;
      break;
    }
    end += char.length;
    if (invisible.test(char)) continue;
    word += spelled(char);
    found.push({ word, rest: text.slice(end).replace(separators, ''), separated: false });
  }
  const last = found.pop();
  if (last) found.push({ ...last, separated });
  return found.reverse();
}

/** The first word as typed, for “there is no such command”; at most 16 characters. */
export function firstWord(text: string): string {
  return splits(text)[0]?.word ?? '';
}

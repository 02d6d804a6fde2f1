/** Which kind of deed some words name, and the words for the kinds. */
import { foldWidths } from '../calendar/chinese-numbers.ts';
import { type DeedKind, deedKindNames, deedKinds } from './kinds.ts';

interface KindWord {
  readonly word: string;
  readonly kind: DeedKind;
  /** It says what was done, and so stays in the topic. */
  readonly isSign: boolean;
}

/** Words of kinds, the longest first, so that 线上交流 is not taken for 交流. */
const kindWords: readonly KindWord[] = deedKindNames
  .flatMap((kind) => {
    const { name, words, signs } = deedKinds[kind];
    return [
      ...[name, ...words].map((word) => ({ word, kind, isSign: false })),
      ...signs.map((word) => ({ word, kind, isSign: true })),
    ];
  })
  .sort((a, b) => b.word.length - a.word.length);

/** The names of the kinds that are work with youths in one line, for people who have to choose. */
export const kindList: string = namesOf(false);
/** The names of papers that are handed in, and of what a unit does as such. */
export const paperList: string = namesOf(true);

function namesOf(papers: boolean): string {
  return deedKindNames
    .filter((kind) => isPaper(kind) === papers)
    .map((kind) => deedKinds[kind].name)
    .join('、');
}

/** Whether of a kind only its day is kept. */
export function isPrivate(kind: DeedKind): boolean {
  return 'isPrivate' in deedKinds[kind];
}

/** Whether a kind is no work with youths itself, but handed in or done by a unit as such. */
function isPaper(kind: DeedKind): boolean {
  return 'isPaper' in deedKinds[kind];
}

/** The kind that a word is the name of, if it is one. */
export function kindNamed(word: string): DeedKind | undefined {
  return kindWords.find((one) => one.word === fold(word))?.kind;
}

/** The one kind that a text names, if an activity can be of it and people may be told. */
export function kindIn(text: string): DeedKind | undefined {
  const found = findKind(
    text,
    kindWords.filter(({ kind }) => !isPaper(kind)),
  );
  return found.kind === 'found' && !isPrivate(found.deedKind) ? found.deedKind : undefined;
}

type FoundKind =
  | { readonly kind: 'found'; readonly deedKind: DeedKind; readonly rest: string }
  | { readonly kind: 'fault'; readonly say: string };

/** What is done with a kind of deed: 讲了一次团课, 参加主题团日活动. */
const doing =
  '(?:(?:组织|开展|参加|举办|进行|发起|召开|召集|办|搞|做|讲|上|开)?了?(?:一次|一堂|一节|一场|1次)?)';

/** The kind at the beginning, or the one kind that is named anywhere; `rest` is the text without its name. */
export function findKind(typed: string, among: readonly KindWord[] = kindWords): FoundKind {
  const text = typed.trim();
  const folded = fold(text);
  const leading = among.find(({ word }) => folded.startsWith(word));
  if (leading) {
    const rest = text.slice(leading.isSign ? 0 : leading.word.length).replace(/^[\s:：,，、]+/u, '');
    return { kind: 'found', deedKind: leading.kind, rest };
  }
  // What a lecture or a film is called says nothing of the kind.
  const searched = folded.replace(/《[^》]*》/gu, (title) => '　'.repeat(title.length));
  // The longest words first; what lies inside one already found is no other kind.
  const found: (KindWord & { readonly from: number; readonly to: number })[] = [];
  for (const word of among) {
    const from = searched.indexOf(word.word);
    const to = from + word.word.length;
    if (from >= 0 && !found.some((other) => other.from < to && from < other.to))
      found.push({ ...word, from, to });
  }
  // 到机电系走访，和班长座谈 was a visit; 先走访后座谈 was two things.
  const named = found.filter(({ isSign }) => !isSign);
  const meant = named.length > 0 && !/先.+(?:后|再)/u.test(searched) ? named : found;
  const kinds = [...new Set(meant.map(({ kind }) => kind))];
  const [only] = meant;
  if (!only)
    return {
      kind: 'fault',
      say: `是哪一类工作？请把类别写在最前面，可以写：${kindList}；报送的材料和单位的事：${paperList}。`,
    };
  if (kinds.length > 1) {
    const names = kinds.map((kind) => deedKinds[kind].name).join('、');
    return { kind: 'fault', say: `是${names}中的哪一类？请把类别写在最前面再发一遍。` };
  }
  return { kind: 'found', deedKind: only.kind, rest: only.isSign ? text : without(text, only) };
}

function without(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
  const before = text.slice(0, from).replace(new RegExp(`${doing}$`, 'u'), '');
  const after = text.slice(to).replace(/^活动(?=[\s:：,，；;“《]|$)/u, '');
  return `${before} ${after}`.trim();
}

/** Each character stays one, so that positions in the result are positions in the text. */
function fold(text: string): string {
  return foldWidths(text).replaceAll('＋', '+');
}

/** Which member of an earlier login a member of this one is, within one group. */
import { spelled } from './rooms.ts';

export interface MemberLook<Id> {
  readonly id: Id;
  readonly name: string;
  /** A bot is no person, whoever bears its name. */
  readonly bot?: boolean | undefined;
  /** What the bot has put on this person; nobody else can set it. */
  readonly mark?: string | undefined;
  /** Only the mark may tell who this is: something depends on it that no name may open. */
  readonly byMarkOnly?: boolean | undefined;
}

export interface MemberMatch<Known, Fresh> {
  readonly known: Known;
  readonly fresh: Fresh;
  /** What told: a name can be anybody's, so it opens nothing that is private. */
  readonly by: 'mark' | 'name';
}

/**
 * By the mark first; else by a name that one alone bears on both sides. Who bears a name together with another is matched
 * with nobody, and so is everybody known whom a mark must tell.
 */
export function matchMembers<Known, Fresh>(
  known: readonly MemberLook<Known>[],
  fresh: readonly MemberLook<Fresh>[],
): readonly MemberMatch<Known, Fresh>[] {
  const matches: MemberMatch<Known, Fresh>[] = [];
  const knownByMark = unique(known, ({ mark }) => mark);
  const freshByMark = unique(fresh, ({ mark }) => mark);
  const taken = new Set<MemberLook<Known> | MemberLook<Fresh>>();
  for (const [mark, one] of knownByMark) {
    const other = freshByMark.get(mark);
    if (!one || !other) continue;
    matches.push({ known: one.id, fresh: other.id, by: 'mark' });
    taken.add(one).add(other);
  }
  const marks = new Set(known.flatMap(({ mark }) => mark ?? []));
  const knownByName = unique(known, nameOf);
  const freshByName = unique(fresh, nameOf);
  for (const [name, one] of knownByName) {
    const other = freshByName.get(name);
    if (!one || !other || taken.has(one) || taken.has(other)) continue;
    if (one.byMarkOnly) continue;
    if (other.mark !== undefined && marks.has(other.mark)) continue;
    matches.push({ known: one.id, fresh: other.id, by: 'name' });
  }
  return matches;
}

function nameOf({ name, bot = false }: MemberLook<unknown>): string | undefined {
  const called = spelled(name);
  return called === '' ? undefined : `${bot}/${called}`;
}

/** By key; undefined where several have it. */
function unique<T>(
  all: readonly T[],
  keyOf: (one: T) => string | undefined,
): ReadonlyMap<string, T | undefined> {
  const found = new Map<string, T | undefined>();
  for (const one of all) {
    const key = keyOf(one);
    if (key !== undefined) found.set(key, found.has(key) ? undefined : one);
  }
  return found;
}

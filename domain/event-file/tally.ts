/**
 * Counting an event file in two readings. The first takes everything that stands for itself; what hangs on other
 * lines (whom a quote quotes, whose tag a text has, whether a mentioned one is the cadre) needs a second look at a
 * few of the lines. So nothing has to be kept of the others: neither their text nor their ids.
 */
import { isCommand, isSubstantive } from '../presence/substantive.ts';
import { mayHaveTag } from '../presence/tag.ts';
import type { FileEvent } from './event.ts';
import { GroupTally } from './group-tally.ts';
import { People } from './people.ts';
import { SecondReading } from './second-reading.ts';

/** A line need not be read again. */
const never = 0;
/** A line must be read again. Any other mark: only if somebody quotes the message that has this key. */
const always = 1;

/** The first reading of a file's events, in any order. */
export class Tally {
  readonly people = new People();
  readonly #groups = new Map<string, GroupTally>();
  readonly #quoted = new Set<number>();

  /** Takes an event. Returns its mark, by which {@link needsSecond} will know whether to read it again. */
  add(event: FileEvent): number {
    const group = this.#group(event.group);
    switch (event.type) {
      case 'message':
        return this.#addMessage(group, event);
      case 'group':
        group.addGroup(event, this.people);
        break;
      case 'join':
      case 'leave':
        group.addMember(
          { at: event.at, eventId: event.id },
          this.people.numberOf(event.member),
          event.name,
          event.type === 'join',
        );
        break;
      case 'listening':
        group.addListening(event);
        break;
      case 'topic':
        group.topics.set(event.id, { at: event.at, message: event.message });
        break;
      case 'activity':
        group.activities.set(event.id, event);
        break;
      case 'checkin':
        group.addCheckIn(event, this.people.numberOf(event.member));
        break;
      case 'close':
        group.closed.add(event.activity);
        break;
    }
    return never;
  }

  /** Whether an event with this mark has to be given to the second reading. Asked when the first is over. */
  needsSecond(mark: number): boolean {
    return mark === always || (mark !== never && this.#quoted.has(mark));
  }

  /** Begins the second reading. */
  secondReading(): SecondReading {
    return new SecondReading(this.people, this.#groups);
  }

  #group(id: string): GroupTally {
    let group = this.#groups.get(id);
    if (!group) {
      group = new GroupTally();
      this.#groups.set(id, group);
    }
    return group;
  }

  #addMessage(group: GroupTally, event: Extract<FileEvent, { type: 'message' }>): number {
    group.addMessageDay(event.at);
    if (event.fromBot) return never;
    const sender = this.people.numberOf(event.sender);
    const key = messageKey(event.group, event.id);
    const text = (event.text ?? '').normalize('NFKC');
    const substantive = isSubstantive({ kind: event.kind ?? 'text', text });
    if (substantive) group.addPresence(event.at, sender);
    else if (isCommand(text)) return key;
    if (event.quotes !== undefined) {
      if (substantive) this.#quoted.add(messageKey(event.group, event.quotes));
      return always;
    }
    return (substantive && event.mentions?.length) || mayHaveTag(text) ? always : key;
  }
}

/**
 * A number for a message of a group, other than `never` and `always`. Two messages may share one; then a line is read
 * again for nothing, no more.
 */
function messageKey(group: string, id: string): number {
  // FNV-1a over the code units, with a separator between group and id.
  let hash = fold(fold(0x811c9dc5, group) ^ 0xffff, id);
  if (hash === never || hash === always) hash = 2;
  return hash;
}

function fold(seed: number, text: string): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** From what the WeChat process heard to the bot's events, in order: the address book, answers to cards, who came and left. */
import type { Chat, ChatEvent, DirectoryEvent, MessageEvent, Sender } from '../adapter.ts';
import type { Lanes } from '../lanes.ts';
import type { Log } from './log.ts';
import { answer } from './menu.ts';
import type { Heard, HeardFriends, HeardMessage, HeardRoom, Member } from './protocol.ts';
import { type Room, readMessage, roomOf, senderOf } from './reading.ts';
import type { State } from './state.ts';

/** The most members that one event tells of. */
const mostTold = 1_000;

export class Hearing {
  readonly #lanes: Lanes;
  readonly #state: State;
  readonly #log: Log;
  readonly #now: () => number;
  readonly #ask: (chat: Chat, text: string) => Promise<void>;
  readonly #taken: (seq: number) => void;
  readonly #ownMessage: (chat: string, quotedText: string) => string | undefined;
  readonly #rooms = new Map<string, Room>();
  readonly #friends = new Map<string, Member>();
  /** The address book after a login, told as a whole before anything else. */
  #gathering: { friends: HeardFriends | undefined; rooms: HeardRoom[]; seqs: number[] } | undefined;
  #turn: Promise<void> = Promise.resolve();
  #self: Member = { id: '', name: '' };
  #login = '';

  /** `ask` says something to the person who began a form; `ownMessage` gives the id of a message of the bot's by its chat and words. */
  constructor(parts: {
    lanes: Lanes;
    state: State;
    log: Log;
    now: () => number;
    ask: (chat: Chat, text: string) => Promise<void>;
    taken: (seq: number) => void;
    ownMessage: (chat: string, quotedText: string) => string | undefined;
  }) {
    this.#lanes = parts.lanes;
    this.#state = parts.state;
    this.#log = parts.log;
    this.#now = parts.now;
    this.#ask = parts.ask;
    this.#taken = parts.taken;
    this.#ownMessage = parts.ownMessage;
  }

  /** Logged in; with another `login` all ids are new. */
  loggedIn(self: Member, login: string): void {
    this.#self = self;
    if (login === this.#login) return;
    this.#login = login;
    this.#rooms.clear();
    this.#friends.clear();
    this.#gathering = { friends: undefined, rooms: [], seqs: [] };
    if (this.#state.now.login !== login) this.#state.change({ login, menus: { items: [], dialogues: [] } });
  }

  /** All that the address book holds right after a login has been told. */
  gathered(): void {
    const gathering = this.#gathering;
    if (!gathering) return;
    this.#gathering = undefined;
    const { friends, rooms, seqs } = gathering;
    for (const friend of friends?.friends ?? []) this.#friends.set(friend.id, friend);
    for (const room of rooms) this.#rooms.set(room.room, roomOf(room));
    if (seqs.length > 0) this.#tell(rooms, friends?.friends ?? [], seqs);
  }

  /** Takes what was heard, in order. */
  take(seq: number, heard: Heard): void {
    if (this.#gathering && (heard.type === 'friends' || heard.type === 'room')) {
      this.#gathering.seqs.push(seq);
      if (heard.type === 'friends') this.#gathering.friends = heard;
      else this.#gathering.rooms.push(heard);
      return;
    }
    // Before the first login of this run come leftovers of the last one, whose address book is known to the bot.
    if (this.#login !== '') this.gathered();
    if (heard.type === 'friends') {
      // Later ones are who changed; the address book after a login is whole.
      for (const friend of heard.friends) this.#friends.set(friend.id, friend);
      this.#tell([], heard.friends, [seq]);
    } else if (heard.type === 'room') this.#room(seq, heard);
    else if (heard.type === 'message') this.#message(seq, heard);
    else {
      if (heard.type === 'gone') this.#rooms.delete(heard.room);
      const type = heard.type === 'gone' ? 'bot-removed' : 'bot-added';
      this.#deliver(seq, [{ type, id: heard.id, at: heard.at, chat: this.#group(heard.room) }]);
    }
  }

  members(room: string): readonly Sender[] | undefined {
    return this.#rooms.get(room)?.members.map((member) => this.#sender(member));
  }

  /** Somebody whom the account can speak to privately, with the remark on them. */
  friend(id: string): Member | undefined {
    return this.#friends.get(id);
  }

  /** How somebody is called in a group, for a mention. */
  nameIn(room: string, id: string): string | undefined {
    return this.#rooms.get(room)?.members.find((member) => member.id === id)?.name;
  }

  /** Settles when all that was taken is in its lane. */
  settled(): Promise<void> {
    return this.#turn;
  }

  #room(seq: number, heard: HeardRoom): void {
    const before = this.#rooms.get(heard.room);
    const now = roomOf(heard);
    this.#rooms.set(heard.room, now);
    if (!before) {
      this.#tell([heard], [], [seq]);
      return;
    }
    const chat = this.#group(heard.room);
    const events: ChatEvent[] = [];
    const at = heard.at;
    const came = others(now.members, before.members).filter(({ id }) => id !== this.#self.id);
    const left = others(before.members, now.members).filter(({ id }) => id !== this.#self.id);
    if (before.name !== now.name) events.push({ type: 'renamed', id: `${heard.id}/name`, at, chat });
    if (came.length > 0)
      events.push({
        type: 'join',
        id: `${heard.id}/join`,
        at,
        chat,
        members: came.map((m) => this.#sender(m)),
      });
    if (left.length > 0)
      events.push({
        type: 'leave',
        id: `${heard.id}/leave`,
        at,
        chat,
        members: left.map((m) => this.#sender(m)),
      });
    this.#deliver(seq, events);
  }

  #message(seq: number, heard: HeardMessage): void {
    const chat: Chat =
      heard.room === undefined ? { kind: 'private', id: heard.from } : this.#group(heard.room);
    const event = readMessage(heard, {
      self: this.#self,
      chat,
      room: heard.room === undefined ? undefined : this.#rooms.get(heard.room),
      friend: this.#friends.get(heard.from),
      ownMessage: (quotedText) => this.#ownMessage(chatKey(chat), quotedText),
    });
    this.#answer(seq, event, event.quotes?.bot === true);
  }

  /** A number or a form's answer becomes the command that it stands for. */
  #answer(seq: number, event: MessageEvent, quotesBot: boolean): void {
    if (event.kind !== 'text') {
      this.#deliver(seq, [event]);
      return;
    }
    const isGroup = event.chat.kind === 'group';
    const before = this.#state.now.menus;
    const meant = answer(
      before,
      {
        id: event.id,
        chat: chatKey(event.chat),
        isGroup,
        person: event.sender.id,
        text: event.text.replace(/^(?:\s*@\S+)+/u, '').trim(),
        toBot: event.mentionsBot || quotesBot,
      },
      this.#now(),
    );
    if (meant.kind === 'talk') {
      this.#deliver(seq, [event]);
      return;
    }
    if (JSON.stringify(meant.menus) !== JSON.stringify(before)) this.#state.change({ menus: meant.menus });
    if (meant.kind === 'command') {
      this.#deliver(seq, [{ ...event, text: meant.command, mentions: [] }]);
      return;
    }
    this.#ask(event.chat, meant.text).then(
      () => this.#taken(seq),
      () => this.#taken(seq),
    );
  }

  #tell(rooms: readonly HeardRoom[], friends: readonly Member[], seqs: readonly number[]): void {
    const event: DirectoryEvent = {
      type: 'directory',
      id: `directory-${this.#now()}-${seqs[0]}`,
      at: this.#now(),
      login: this.#login,
      friends: friends.map((friend) => this.#sender(friend)),
      groups: rooms.map(({ room, name, members }) => ({
        id: room,
        name,
        members: members.slice(0, mostTold).map((member) => this.#sender(member)),
      })),
    };
    // Whatever is heard next waits until these people and groups are recognised.
    this.#turn = this.#turn.then(() =>
      this.#lanes.deliver('directory', event.id, event).then(
        () => {
          for (const seq of seqs) this.#taken(seq);
        },
        () => undefined,
      ),
    );
  }

  #deliver(seq: number, events: readonly ChatEvent[]): void {
    this.#turn = this.#turn.then(() => {
      const all = events.map((event) => this.#lanes.deliver(chatKey(event.chat), event.id, event));
      Promise.all(all).then(
        () => this.#taken(seq),
        // Refused because the adapter stops: it lies in the journal.
        () => undefined,
      );
    });
    this.#turn = this.#turn.catch(() => this.#log.error({}, 'wechat: an event was not handed over'));
  }

  #group(id: string): Chat {
    const name = this.#rooms.get(id)?.name;
    return { kind: 'group', id, ...(name ? { name } : {}) };
  }

  #sender(member: Member): Sender {
    return senderOf(member, this.#self);
  }
}

/** A chat as a text. */
export function chatKey(chat: Chat): string {
  return `${chat.kind}:${chat.id}`;
}

/** Those of one list who are not in the other. */
function others(of: readonly Member[], not: readonly Member[]): readonly Member[] {
  const ids = new Set(not.map(({ id }) => id));
  return of.filter(({ id }) => !ids.has(id));
}

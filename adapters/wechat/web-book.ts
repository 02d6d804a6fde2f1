/** The address book of web WeChat: friends with the marks that the account put on them, groups with their members. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Member } from './protocol.ts';
import { decoded, isRoom } from './raw.ts';
import type { StackListener } from './stack-listener.ts';
import type { WebContact, Wechat4u } from './web-types.ts';

/** The server answers for at most so many at once. */
const atOnce = 50;
/** A group is asked for again at most so often for senders that it does not list; milliseconds. */
const askAgainMs = 60_000;
const publicAccount = 8;
const specialUsers = new Set(['newsapp', 'fmessage', 'filehelper', 'weixin', 'medianote', 'floatbottle']);

export class WebBook {
  readonly #web: Wechat4u;
  readonly #listener: StackListener;
  /** What was told last of each group, so that it is told again only when it changed. */
  readonly #told = new Map<string, string>();
  readonly #asked = new Map<string, number>();
  #contacts: Promise<unknown> = Promise.resolve();
  #count = 0;

  constructor(web: Wechat4u, listener: StackListener) {
    this.#web = web;
    this.#listener = listener;
    const load = web._getContact.bind(web);
    web._getContact = (seq) => {
      const loading = load(seq);
      if (!seq) this.#contacts = loading;
      return loading;
    };
  }

  /** After a login: friends first, then groups with their members; what takes longer than `withinMs` comes later. */
  async load(withinMs: number): Promise<void> {
    await within(this.#contacts, withinMs);
    // The promise settles before wechat4u has put its result into `contacts`.
    await new Promise(setImmediate);
    await this.learn(
      Object.keys(this.#web.contacts).filter((id) => isRoom(id) && this.#membersOf(id).length === 0),
      withinMs,
    );
    this.#listener.heard({
      type: 'friends',
      id: this.#id('friends'),
      at: Date.now(),
      friends: this.#friends(),
    });
    for (const id of Object.keys(this.#web.contacts)) if (isRoom(id)) this.tell(id);
  }

  /** Whether the account can speak to a person privately, and mark them. */
  isFriend(id: string): boolean {
    const contact = this.#web.contacts[id];
    return contact !== undefined && this.#isPerson(contact);
  }

  /** Whether somebody is known to be in a group. */
  lists(room: string, person: string): boolean {
    return this.#membersOf(room).some((member) => member.UserName === person);
  }

  knows(room: string): boolean {
    return this.#membersOf(room).length > 0;
  }

  /** Asks the server for groups; gives up waiting, not asking, after `withinMs`. */
  async learn(rooms: readonly string[], withinMs: number): Promise<void> {
    for (let from = 0; from < rooms.length; from += atOnce) {
      const run = rooms.slice(from, from + atOnce).map((id) => ({ UserName: id, EncryChatRoomId: '' }));
      const asking = this.#web.batchGetContact(run).then((found) => this.#web.updateContacts(found));
      await within(asking, withinMs);
    }
  }

  /** Asks for a group whose list lacks somebody, in the background and not too often. */
  lookAgain(room: string): void {
    const now = Date.now();
    if (now < (this.#asked.get(room) ?? 0) + askAgainMs) return;
    this.#asked.set(room, now);
    void this.learn([room], askAgainMs).then(() => this.tell(room));
  }

  /** Tells a group where it changed. */
  tell(room: string): void {
    const contact = this.#web.contacts[room];
    const members = this.#membersOf(room).map((member) => this.#memberOf(member));
    if (!contact || members.length === 0) return;
    const name = decoded(contact.NickName ?? '');
    const now = JSON.stringify([name, members]);
    if (this.#told.get(room) === now) return;
    this.#told.set(room, now);
    this.#listener.heard({ type: 'room', id: this.#id('room'), at: Date.now(), room, name, members });
  }

  /** Tells those of some people who are friends: new ones, or ones with another remark. */
  tellFriends(ids: readonly string[]): void {
    const friends = ids.flatMap((id) => {
      const contact = this.#web.contacts[id];
      return contact && this.#isPerson(contact) ? [this.#memberOf(contact)] : [];
    });
    if (friends.length > 0)
      this.#listener.heard({ type: 'friends', id: this.#id('friends'), at: Date.now(), friends });
  }

  /** Somebody brought the bot into it. */
  added(room: string): void {
    this.#listener.heard({ type: 'added', id: this.#id('added'), at: Date.now(), room });
  }

  /** The bot is out of it. */
  drop(room: string): void {
    this.#told.delete(room);
    delete this.#web.contacts[room];
    this.#listener.heard({ type: 'gone', id: this.#id('gone'), at: Date.now(), room });
  }

  #friends(): Member[] {
    return Object.values(this.#web.contacts)
      .filter((contact) => this.#isPerson(contact))
      .map((contact) => this.#memberOf(contact));
  }

  #isPerson({ UserName, VerifyFlag = 0 }: WebContact): boolean {
    return (
      UserName.startsWith('@') &&
      !isRoom(UserName) &&
      !specialUsers.has(UserName) &&
      UserName !== this.#web.user.UserName &&
      (VerifyFlag & publicAccount) === 0
    );
  }

  /** A member by the name in the group; the mark from the friend of the same id. */
  #memberOf({ UserName, DisplayName, NickName }: WebContact): Member {
    const mark = this.#web.contacts[UserName]?.RemarkName;
    return {
      id: UserName,
      name: decoded(DisplayName || NickName || ''),
      ...(mark ? { mark: decoded(mark) } : {}),
    };
  }

  #membersOf(room: string): readonly WebContact[] {
    return this.#web.contacts[room]?.MemberList ?? [];
  }

  #id(kind: string): string {
    return `${kind}-${Date.now()}-${++this.#count}`;
  }
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const done = new AbortController();
  await Promise.race([
    work.catch(() => undefined),
    pause(ms, undefined, { signal: done.signal }).catch(() => undefined),
  ]);
  done.abort();
}

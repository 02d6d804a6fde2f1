/** From an answer of `webwxsync` to what was heard, in the server's order. */
import { z } from 'zod';
import { isRoom, readRaw } from './raw.ts';
import type { StackListener } from './stack-listener.ts';
import type { WebBook } from './web-book.ts';
import type { WebContact, Wechat4u } from './web-types.ts';

/** What is of another kind than it should be counts as not told: wechat4u then keeps what it had. */
const name = z.string().optional().catch(undefined);
const person = {
  UserName: z.string().min(1),
  NickName: name,
  DisplayName: name,
  RemarkName: name,
  VerifyFlag: z.number().optional().catch(undefined),
};
const contact = z.looseObject({
  ...person,
  MemberCount: z.number().optional().catch(undefined),
  MemberList: z.array(z.looseObject(person)).optional().catch(undefined),
});
type Contact = z.infer<typeof contact>;
const answer = z.object({
  AddMsgList: z.array(z.unknown()).catch([]),
  ModContactList: z.array(contact).catch([]),
  DelContactList: z.array(contact).catch([]),
});

/** How long a group that is not known yet may hold its first message back, in milliseconds. */
const learnMs = 5_000;

const tooOften = /操作过于频繁|操作太频繁/;
const putOut = /^你被.{0,80}移出群聊|^你已退出群聊|^群聊已解散|该群聊已被解散/;

/** The platform's own line; what people type never comes as one. */
const brought = /邀请你.{0,80}加入了群聊|^你通过.{0,80}加入群聊/;

export class WebHearing {
  readonly #web: Wechat4u;
  readonly #book: WebBook;
  readonly #listener: StackListener;
  readonly #self: string;

  constructor(web: Wechat4u, book: WebBook, listener: StackListener, self: string) {
    this.#web = web;
    this.#book = book;
    this.#listener = listener;
    this.#self = self;
  }

  /** Takes an answer whole, since the server gives it once; what cannot be read of it is nothing. Never rejects. */
  async take(data: unknown): Promise<void> {
    const read = answer.safeParse(data);
    if (!read.success) return;
    const { AddMsgList, ModContactList, DelContactList } = read.data;
    await this.#safely(() => this.#changes(ModContactList, DelContactList));
    for (const raw of AddMsgList) await this.#safely(() => this.#hear(raw));
  }

  /** One odd entry must not keep the others. */
  async #safely(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch {
      this.#listener.log('an entry of the server’s answer could not be taken');
    }
  }

  #changes(ModContactList: readonly Contact[], DelContactList: readonly Contact[]): void {
    if (ModContactList.length > 0) {
      this.#web.updateContacts(ModContactList as readonly WebContact[]);
      for (const { UserName } of ModContactList) if (isRoom(UserName)) this.#book.tell(UserName);
      this.#book.tellFriends(ModContactList.map(({ UserName }) => UserName));
    }
    for (const { UserName } of DelContactList) if (isRoom(UserName)) this.#book.drop(UserName);
  }

  async #hear(raw: unknown): Promise<void> {
    const read = readRaw(raw, this.#self);
    if (read.kind === 'message') {
      const { room, from } = read.message;
      if (room !== undefined && !this.#book.knows(room)) {
        await this.#book.learn([room], learnMs);
        this.#book.tell(room);
      } else if (room !== undefined && !this.#book.lists(room, from)) this.#book.lookAgain(room);
      this.#listener.heard(read.message);
    } else if (read.kind === 'notice') {
      if (tooOften.test(read.text)) this.#listener.trouble('too-often', 'notice');
      if (!isRoom(read.chat)) return;
      if (putOut.test(read.text)) return this.#book.drop(read.chat);
      // Somebody came, left, or renamed the group: what the line says is not read, the list itself is.
      await this.#book.learn([read.chat], learnMs);
      this.#book.tell(read.chat);
      if (brought.test(read.text)) this.#book.added(read.chat);
    } else if (read.kind === 'chats') {
      const unknown = read.ids.filter((id) => isRoom(id) && !this.#book.knows(id));
      if (unknown.length === 0) return;
      await this.#book.learn(unknown, learnMs);
      for (const room of unknown) this.#book.tell(room);
    }
  }
}

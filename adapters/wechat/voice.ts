/** Saying things on WeChat: texts in parts, cards in words with numbers, files; one after the other, in the queue's time. */
import { type Chat, type Content, SendError } from '../adapter.ts';
import { split } from '../split.ts';
import { chatKey } from './hearing.ts';
import { showCard } from './menu.ts';
import type { OwnMessages } from './own-messages.ts';
import type { ToChild } from './protocol.ts';
import type { SendQueue } from './queue.ts';
import type { State } from './state.ts';

/** WeChat takes more; beyond this a message is folded away on phones. UTF-16 code units. */
export const textLimit = 2_000;

type Sent = Extract<ToChild, { type: 'send' }>['content'];

interface VoiceParts {
  readonly queue: SendQueue;
  readonly state: State;
  readonly now: () => number;
  readonly call: (order: (call: number) => ToChild) => Promise<string | undefined>;
  readonly nameIn: (room: string, person: string) => string | undefined;
  readonly own: OwnMessages;
}

export class Voice {
  readonly #parts: VoiceParts;

  /** `call` sends to the WeChat process; `nameIn` tells how somebody is called in a group; `own` keeps what was said. */
  constructor(parts: VoiceParts) {
    this.#parts = parts;
  }

  /** Says any content; gives the id of its first message, where the platform tells one. Throws {@link SendError}. */
  async say(chat: Chat, content: Content): Promise<string | undefined> {
    if (content.type === 'image' || content.type === 'file')
      return this.#send(chat, {
        kind: 'file',
        name: content.name,
        base64: Buffer.from(content.bytes).toString('base64'),
      });
    const { state, now, nameIn } = this.#parts;
    if (content.type === 'text') {
      const names = (content.mentions ?? []).flatMap((id) => nameIn(chat.id, id) ?? []);
      const called = names.map((name) => `@${name}\u2005`).join('');
      return this.text(chat, `${called}${content.text}`, content.mentions);
    }
    const shown = showCard(state.now.menus, chatKey(chat), chat.kind === 'group', content, now());
    // Open before it is seen: who is quick must not press in vain.
    state.change({ menus: shown.menus });
    return this.text(chat, shown.text);
  }

  /** Says a text in its parts; gives the id of the first. Throws {@link SendError}. */
  async text(chat: Chat, text: string, mentions: readonly string[] = []): Promise<string | undefined> {
    let first: string | undefined;
    for (const [n, part] of split(text, textLimit).entries()) {
      const content = { kind: 'text' as const, text: part, mentions: n === 0 ? [...mentions] : [] };
      const id = await this.#send(chat, content).catch((fault: unknown) => {
        // The parts before it have arrived: the whole must not be sent again.
        if (n > 0 && fault instanceof SendError) throw new SendError('uncertain', fault.message);
        throw fault;
      });
      if (id !== undefined) this.#parts.own.add({ chat: chatKey(chat), id, text: part });
      first ??= id;
    }
    return first;
  }

  #send(chat: Chat, content: Sent): Promise<string | undefined> {
    const { queue, call } = this.#parts;
    return queue.run(chatKey(chat), () =>
      call((number) => ({ type: 'send', call: number, to: chat.id, content })),
    );
  }
}

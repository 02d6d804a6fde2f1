import { buttonsOf, type CardButton, checkCard } from './cards.ts';
import type { Outcome } from './delivery.ts';
import { cardEvent, idsOf } from './events.ts';
import type { Happening, Said, Tenant } from './tenant.ts';
import { type ChatRecord, type Mention, type Message, newId, type User } from './world.ts';

/** Where and how something is said. */
export interface SayOptions {
  /** A group's id; the private chat with the bot when absent. */
  readonly chat?: string;
  /** Who is mentioned, in order: `bot`, `all` or an open_id. */
  readonly mention?: 'bot' | 'all' | string | readonly string[];
  /** The id of the message that this one answers. */
  readonly quote?: string;
}

/** What is sent besides text. */
export interface SendOptions extends SayOptions {
  readonly bytes?: Uint8Array;
  readonly name?: string;
  /** The message's content as it stands, for kinds not made up here. */
  readonly content?: unknown;
  /** The messages in a forwarded bundle. */
  readonly forwards?: readonly string[];
}

/** What the one who pressed a button sees. */
export interface Pressed {
  readonly outcome: Outcome;
  readonly toast: { readonly type?: string; readonly content?: string } | undefined;
  /** The card that the answer put in place of the pressed one, if any. */
  readonly card: unknown;
  /** No valid answer in time: the client shows an error. */
  readonly failed: boolean;
}

const keyedKinds = new Set(['image', 'file', 'audio', 'media', 'sticker']);

/** A person, or another bot, at Feishu's client. */
export class Person {
  readonly user: User;
  readonly #tenant: Tenant;
  readonly #senderType: 'user' | 'app';

  constructor(tenant: Tenant, user: User, senderType: 'user' | 'app' = 'user') {
    this.#tenant = tenant;
    this.user = user;
    this.#senderType = senderType;
  }

  get openId(): string {
    return this.user.openId;
  }

  #place(chatId: string | undefined): ChatRecord {
    const { world } = this.#tenant;
    if (chatId === undefined) return world.privateChat(this.openId);
    const chat = world.chats.get(chatId);
    if (!chat) throw new Error(`there is no chat ${chatId}`);
    if (!chat.members.has(this.openId) && this.#senderType === 'user') {
      throw new Error(`${this.openId} is not in ${chatId}`);
    }
    return chat;
  }

  #mentions(of: SayOptions['mention']): Mention[] {
    const wanted = of === undefined ? [] : typeof of === 'string' ? [of] : of;
    const { app, world } = this.#tenant;
    return wanted.map((who, i) => {
      if (who === 'all') return { key: '@_all', openId: '', name: '所有人' };
      if (who === 'bot') return { key: `@_user_${i + 1}`, openId: app.botOpenId, name: app.name };
      return { key: `@_user_${i + 1}`, openId: who, name: world.user(who).name };
    });
  }

  #send(options: SayOptions, type: string, content: unknown, more: Partial<Message> = {}): Said {
    const chat = this.#place(options.chat);
    const quoted = options.quote === undefined ? undefined : this.#tenant.world.messages.get(options.quote);
    const message = this.#tenant.draft(chat, { id: this.openId, type: this.#senderType }, type, content, {
      ...(options.quote === undefined
        ? {}
        : { parentId: options.quote, rootId: quoted?.rootId ?? options.quote }),
      mentions: this.#mentions(options.mention).filter((mention) => mention.key !== '@_all'),
      ...more,
    });
    return this.#tenant.receive(message, chat, this.user);
  }

  /** Writes a text. Mentions stand before it, unless the text holds their keys (`@_user_1`…) itself. */
  says(text: string, options: SayOptions = {}): Said {
    const before = this.#mentions(options.mention)
      .filter((mention) => !text.includes(mention.key))
      .map((mention) => `${mention.key} `);
    return this.#send(options, 'text', { text: before.join('') + text });
  }

  /** Writes rich text: paragraphs of Feishu's elements (`{tag: 'text', text}`, `{tag: 'at', user_id}`…). */
  posts(title: string, paragraphs: readonly (readonly unknown[])[], options: SayOptions = {}): Said {
    return this.#send(options, 'post', { title, content: paragraphs });
  }

  /** Sends a picture, file, voice, video, sticker, forwarded bundle or anything else by its message type. */
  sends(
    kind: 'image' | 'file' | 'audio' | 'media' | 'sticker' | 'merge_forward' | string,
    options: SendOptions = {},
  ): Said {
    const { world } = this.#tenant;
    if (kind === 'merge_forward') {
      const forwarded = (options.forwards ?? []).flatMap((id) => world.messages.get(id) ?? []);
      return this.#send(options, kind, { content: 'Merged and Forwarded Message' }, { forwarded });
    }
    if (options.content !== undefined || !keyedKinds.has(kind)) {
      return this.#send(options, kind, options.content ?? {});
    }
    const stored = world.addFile(
      kind === 'image' ? 'image' : 'file',
      options.name ?? `${kind}.bin`,
      Buffer.from(options.bytes ?? [1, 2, 3]),
    );
    const content =
      kind === 'image'
        ? { image_key: stored.key }
        : kind === 'sticker'
          ? { file_key: stored.key }
          : kind === 'audio'
            ? { file_key: stored.key, duration: 2000 }
            : kind === 'media'
              ? { file_key: stored.key, image_key: newId('img_v3_'), file_name: stored.name, duration: 2000 }
              : { file_key: stored.key, file_name: stored.name };
    return this.#send(options, kind, content);
  }

  /** Withdraws a message. */
  recalls(messageId: string): Happening {
    const message = this.#message(messageId);
    message.deleted = true;
    return this.#tenant.tell('im.message.recalled_v1', {
      message_id: messageId,
      chat_id: message.chatId,
      recall_time: String(this.#tenant.clock()),
      recall_type: 'message_owner',
    });
  }

  /** Puts an emoji on a message (or takes it off). The event names no chat. */
  reacts(messageId: string, emoji = 'THUMBSUP', removed = false): Happening {
    return this.#tenant.tell(
      removed ? 'im.message.reaction.deleted_v1' : 'im.message.reaction.created_v1',
      {
        message_id: messageId,
        reaction_type: { emoji_type: emoji },
        operator_type: 'user',
        user_id: idsOf(this.user),
        action_time: String(this.#tenant.clock()),
      },
      ['im:message.reactions:read', 'im:message', 'im:message:readonly'],
    );
  }

  /**
   * Presses a button by its label, name or a test, filling a form's fields when it submits one. Throws when the
   * card has no such button. The answer's card replaces the pressed one, as in the client.
   */
  async presses(
    messageId: string,
    button: string | ((button: CardButton) => boolean),
    values: Readonly<Record<string, unknown>> = {},
  ): Promise<Pressed> {
    const message = this.#message(messageId);
    const found = buttonsOf(message.content).find((each) =>
      typeof button === 'function' ? button(each) : each.label === button || each.name === button,
    );
    if (!found) throw new Error(`no such button on ${messageId}`);
    const form =
      found.submits === undefined
        ? {}
        : { form_value: Object.fromEntries(found.submits.map((name) => [name, values[name] ?? ''])) };
    return this.acts(messageId, {
      value: found.value ?? {},
      tag: 'button',
      timezone: 'Asia/Shanghai',
      ...(found.name === undefined ? {} : { name: found.name }),
      ...form,
    });
  }

  /** Sends a card's callback with this `action` as it stands. */
  async acts(messageId: string, action: Record<string, unknown>): Promise<Pressed> {
    const message = this.#message(messageId);
    const told = this.#tenant.tell(
      'card.action.trigger',
      cardEvent(message, this.user, this.#tenant.app.tenantKey, action),
    );
    const outcome = await told.outcome;
    const data = (outcome.data ?? {}) as {
      toast?: { type?: string; content?: string };
      card?: { type?: string; data?: unknown };
    };
    const failed = outcome.result !== 'acknowledged';
    if (!failed && data.card?.type === 'raw') {
      const content = JSON.stringify(data.card.data);
      checkCard(content);
      message.content = content;
      message.updates += 1;
      message.updatedAt = this.#tenant.clock();
    }
    return { outcome, toast: data.toast, card: data.card?.data, failed };
  }

  #message(messageId: string): Message {
    const message = this.#tenant.world.messages.get(messageId);
    if (!message) throw new Error(`there is no message ${messageId}`);
    return message;
  }
}

import type { App } from './app.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { chatEvent, type FeishuEvent, receivedEvent, wrap } from './events.ts';
import { type ChatRecord, type Message, newId, type User, type World } from './world.ts';

/** Something that happened: its event, and what became of it. `event` is absent when the app may not hear it. */
export interface Happening {
  readonly event: FeishuEvent | undefined;
  readonly outcome: Promise<Outcome>;
}

/** A message that somebody sent. */
export interface Said extends Happening {
  readonly messageId: string;
  readonly chatId: string;
}

const mostEvents = 20_000;

/** The tenant: the app in it, what exists, and what the app hears of what happens. */
export class Tenant {
  readonly app: App;
  readonly world: World;
  readonly delivery: Delivery;
  readonly clock: () => number;
  /** Events that were pushed, by id, to be sent again; the last 20,000. */
  readonly events = new Map<string, FeishuEvent>();

  constructor(app: App, world: World, delivery: Delivery, clock: () => number) {
    this.app = app;
    this.world = world;
    this.delivery = delivery;
    this.clock = clock;
  }

  /** Pushes an event if the app subscribed to it and one of the scopes is granted (none needed when empty). */
  tell(type: string, event: Record<string, unknown>, scopes: readonly string[] = []): Happening {
    const heard = scopes.length === 0 || scopes.some((scope) => this.app.scopes.has(scope));
    if (!heard || !this.app.events.has(type) || !this.app.botEnabled) return this.untold(type);
    const wrapped = wrap(this.app, type, this.clock(), event);
    this.events.set(wrapped.header.event_id, wrapped);
    if (this.events.size > mostEvents) {
      const [oldest] = this.events.keys();
      if (oldest !== undefined) this.events.delete(oldest);
    }
    // A card's callback is not repeated: the one who pressed sees that it failed.
    const outcome =
      type === 'card.action.trigger' ? this.delivery.push(wrapped, []) : this.delivery.push(wrapped);
    return { event: wrapped, outcome };
  }

  /** A happening that the app does not hear of. */
  untold(type: string): Happening {
    const outcome: Outcome = { eventId: '', type, result: 'filtered', attempts: [], data: undefined };
    return { event: undefined, outcome: Promise.resolve(outcome) };
  }

  /** Stores a message of a person (or of another bot) and tells the app, as far as its scopes let it hear. */
  receive(message: Message, chat: ChatRecord, sender: User): Said {
    this.world.addMessage(message);
    const atBot = message.mentions.some((mention) => mention.openId === this.app.botOpenId);
    const scopes =
      chat.kind === 'p2p'
        ? ['im:message.p2p_msg', 'im:message.p2p_msg:readonly']
        : atBot
          ? ['im:message.group_msg', 'im:message.group_at_msg', 'im:message.group_at_msg:readonly']
          : ['im:message.group_msg'];
    const type = 'im.message.receive_v1';
    const told =
      !chat.botIn || chat.disbanded
        ? this.untold(type)
        : this.tell(type, receivedEvent(message, chat, sender, this.world.users, this.app.tenantKey), scopes);
    return { messageId: message.messageId, chatId: chat.chatId, ...told };
  }

  /** Tells an event about a group. */
  tellOfChat(
    type: string,
    chat: ChatRecord,
    operator: User,
    scopes: readonly string[],
    more: Record<string, unknown> = {},
  ): Happening {
    return this.tell(type, chatEvent(chat, operator, this.app.tenantKey, more), scopes);
  }

  /** A new message with nothing in it yet but its place. */
  draft(
    chat: ChatRecord,
    sender: Message['sender'],
    type: string,
    content: unknown,
    more: Partial<Message> = {},
  ): Message {
    const at = this.clock();
    return {
      messageId: newId('om_'),
      chatId: chat.chatId,
      type,
      content: typeof content === 'string' ? content : JSON.stringify(content),
      sender,
      createdAt: at,
      updatedAt: at,
      mentions: [],
      deleted: false,
      updates: 0,
      ...more,
    };
  }
}

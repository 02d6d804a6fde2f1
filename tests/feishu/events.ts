import { randomUUID } from 'node:crypto';
import { type ChatRecord, type Mention, type Message, newId, type User } from './world.ts';

/** An event of schema 2.0 as Feishu pushes it. */
export interface FeishuEvent {
  readonly schema: '2.0';
  readonly header: {
    readonly event_id: string;
    readonly event_type: string;
    readonly create_time: string;
    readonly token: string;
    readonly app_id: string;
    readonly tenant_key: string;
  };
  readonly event: Readonly<Record<string, unknown>>;
}

/** What the envelope says of the app. */
export interface Envelope {
  readonly appId: string;
  readonly tenantKey: string;
  readonly verificationToken: string;
}

/** Puts an event into its envelope. `at` in milliseconds; a card's callback tells it in microseconds. */
export function wrap(app: Envelope, type: string, at: number, event: Record<string, unknown>): FeishuEvent {
  const time = type === 'card.action.trigger' ? at * 1000 : at;
  return {
    schema: '2.0',
    header: {
      event_id: randomUUID().replaceAll('-', ''),
      event_type: type,
      create_time: String(time),
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: app.tenantKey,
    },
    event,
  };
}

/** The three ids of a person, as events carry them. */
export function idsOf(user: User): Record<string, string> {
  return { open_id: user.openId, union_id: user.unionId, user_id: user.userId };
}

function mentionsOf(mentions: readonly Mention[], users: ReadonlyMap<string, User>, tenantKey: string) {
  return mentions.map(({ key, openId, name }) => {
    const user = users.get(openId);
    return {
      key,
      id: user ? idsOf(user) : { open_id: openId, union_id: `on_${openId.slice(3)}`, user_id: '' },
      mentioned_type: user ? 'user' : 'bot',
      name,
      tenant_key: tenantKey,
    };
  });
}

/** `im.message.receive_v1`. The sender's name is absent, as with Feishu. */
export function receivedEvent(
  message: Message,
  chat: ChatRecord,
  sender: User,
  users: ReadonlyMap<string, User>,
  tenantKey: string,
): Record<string, unknown> {
  const fromUser = message.sender.type === 'user';
  return {
    sender: {
      sender_id: idsOf(sender),
      sender_type: fromUser ? 'user' : 'app',
      tenant_key: tenantKey,
    },
    message: {
      message_id: message.messageId,
      ...(message.rootId === undefined ? {} : { root_id: message.rootId, parent_id: message.parentId }),
      create_time: String(message.createdAt),
      update_time: String(message.updatedAt),
      chat_id: chat.chatId,
      chat_type: chat.kind,
      message_type: message.type,
      content: message.content,
      ...(message.mentions.length === 0 ? {} : { mentions: mentionsOf(message.mentions, users, tenantKey) }),
      user_agent: 'Mozilla/5.0 Lark/7.30',
    },
  };
}

/** The common part of the events about a group. */
export function chatEvent(
  chat: ChatRecord,
  operator: User,
  tenantKey: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    chat_id: chat.chatId,
    operator_id: idsOf(operator),
    external: false,
    operator_tenant_key: tenantKey,
    name: chat.name,
    i18n_names: { zh_cn: chat.name, en_us: '', ja_jp: '' },
    ...more,
  };
}

/** `card.action.trigger`. */
export function cardEvent(
  message: Message,
  operator: User,
  tenantKey: string,
  action: Record<string, unknown>,
): Record<string, unknown> {
  return {
    operator: { tenant_key: tenantKey, ...idsOf(operator) },
    token: newId('c-'),
    action,
    host: 'im_message',
    context: { open_message_id: message.messageId, open_chat_id: message.chatId },
  };
}

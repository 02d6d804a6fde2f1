import { z } from 'zod';
import type { Chat, MessageEvent } from '../adapter.ts';
import type { ListedMessage } from './answers.ts';
import { contentOf, type Mention } from './content.ts';
import { type Heard, instant, type Known } from './heard.ts';
import { pressOf } from './press.ts';

const text = z.string();
const id = z.string().min(1);
const ids = z.object({ open_id: id.optional().catch(undefined) });
const header = { event_id: id, create_time: text.optional() };

/** Shared by the many messages that mention nobody. */
const nobody: readonly string[] = [];

/**
 * A message is known by its own id: whatever header stands beside it is not read. What is not there is left out by
 * Feishu's documents; a null in its place is no reason to lose what was said.
 */
const received = z.object({
  sender: z.object({ sender_id: ids.nullish(), sender_type: text.nullish() }),
  message: z.object({
    message_id: id,
    parent_id: text.nullish(),
    thread_id: text.nullish(),
    create_time: text,
    chat_id: id,
    chat_type: text,
    message_type: text,
    content: text,
    mentions: z
      .array(z.object({ key: text, id: ids.nullish(), name: text.nullish() }))
      .max(1_000)
      .nullish(),
  }),
});
/** The `name` of a bot's coming and going is now the group's, now the bot's: it is not read. */
const ofChat = z.object({ ...header, chat_id: id });
const ofMembers = z.object({
  ...header,
  chat_id: id,
  name: text.nullish(),
  users: z.array(z.object({ name: text.nullish(), user_id: ids })).max(10_000),
});
const changed = z.object({
  ...header,
  chat_id: id,
  after_change: z.object({ name: text.nullish() }).nullish(),
});

export const messageEvent = 'im.message.receive_v1';

/** The events that are heard; everything else that Feishu may push is taken and left alone. */
export const heardEvents = [
  messageEvent,
  'im.chat.member.user.added_v1',
  'im.chat.member.user.deleted_v1',
  'im.chat.member.user.withdrawn_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.updated_v1',
  'im.chat.disbanded_v1',
  'card.action.trigger',
] as const;
export type HeardEvent = (typeof heardEvents)[number];

/** Acknowledged without effect: presence stays a bit, reactions are not counted. */
export const ignoredEvents = [
  'im.message.recalled_v1',
  'im.message.message_read_v1',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'im.chat.access_event.bot_p2p_chat_entered_v1',
  'p2p_chat_create',
] as const;

/**
 * What an event means to the bot; undefined for what has no effect (own messages, a change that is no renaming).
 * Throws zod's error on one that is not as Feishu documents it. `data` is the event, with its header flattened into it unless it is a message.
 */
export function heardOf(type: HeardEvent, data: unknown, known: Known): Heard | undefined {
  switch (type) {
    case messageEvent:
      return messageOf(received.parse(data), known);
    case 'im.chat.member.user.added_v1':
    case 'im.chat.member.user.deleted_v1':
    case 'im.chat.member.user.withdrawn_v1': {
      const event = ofMembers.parse(data);
      const members = event.users.flatMap(({ user_id, name }) =>
        user_id.open_id ? [{ id: user_id.open_id, ...(name ? { name } : {}) }] : [],
      );
      if (members.length === 0) return undefined;
      const how = type === 'im.chat.member.user.added_v1' ? 'join' : 'leave';
      return { event: { ...base(event, known), type: how, members } };
    }
    case 'im.chat.member.bot.added_v1':
      return { event: { ...base(ofChat.parse(data), known), type: 'bot-added' } };
    case 'im.chat.member.bot.deleted_v1':
    case 'im.chat.disbanded_v1':
      return { event: { ...base(ofChat.parse(data), known), type: 'bot-removed' } };
    case 'im.chat.updated_v1': {
      const event = changed.parse(data);
      const name = event.after_change?.name;
      return name ? { event: { ...base({ ...event, name }, known), type: 'renamed' } } : undefined;
    }
    case 'card.action.trigger':
      return pressOf(data, known);
  }
}

function base(
  event: {
    event_id: string;
    create_time?: string | undefined;
    chat_id: string;
    name?: string | null | undefined;
  },
  known: Known,
): { id: string; at: number; chat: Chat } {
  return {
    id: event.event_id,
    at: instant(event.create_time),
    chat: groupChat(event.chat_id, known, event.name),
  };
}

function groupChat(chatId: string, known: Known, name?: string | null): Chat {
  const called = name || known.groupName(chatId);
  return { kind: 'group', id: chatId, ...(called ? { name: called } : {}) };
}

function messageOf({ sender, message }: z.infer<typeof received>, known: Known): Heard | undefined {
  return spoken(
    {
      id: message.message_id,
      at: instant(message.create_time),
      chatId: message.chat_id,
      private: message.chat_type === 'p2p',
      senderId: sender.sender_id?.open_id,
      bot: (sender.sender_type ?? 'user') !== 'user',
      type: message.message_type,
      content: message.content,
      mentions: (message.mentions ?? []).map(({ key, id, name }) => ({
        key,
        openId: id?.open_id,
        name: name ?? '',
      })),
      parentId: message.parent_id,
      threadId: message.thread_id,
    },
    known,
  );
}

/** A message of a group's history, as the event would have told it. */
export function listedOf(message: ListedMessage, chatId: string, known: Known): Heard | undefined {
  if (message.deleted || !message.sender || !message.body) return undefined;
  const { sender } = message;
  return spoken(
    {
      id: message.message_id,
      at: instant(message.create_time),
      chatId,
      private: false,
      senderId: sender.id,
      bot: sender.sender_type !== 'user',
      type: message.msg_type,
      content: message.body.content,
      mentions: (message.mentions ?? []).map(({ key, id, name }) => ({ key, openId: id, name: name ?? '' })),
      parentId: message.parent_id,
      threadId: message.thread_id,
    },
    known,
  );
}

interface Spoken {
  readonly id: string;
  readonly at: number;
  readonly chatId: string;
  readonly private: boolean;
  readonly senderId: string | undefined;
  readonly bot: boolean;
  readonly type: string;
  readonly content: string;
  readonly mentions: readonly Mention[];
  readonly parentId: string | null | undefined;
  readonly threadId: string | null | undefined;
}

function spoken(m: Spoken, known: Known): Heard | undefined {
  if (!m.senderId || m.senderId === known.botOpenId || m.senderId === known.appId) return undefined;
  const said = contentOf(m.type, m.content, m.mentions);
  if (!said) return undefined;
  const name = known.personName(m.senderId);
  const mentioned =
    m.mentions.length === 0 ? nobody : m.mentions.flatMap(({ openId }) => (openId ? [openId] : []));
  const event: MessageEvent = {
    type: 'message',
    id: m.id,
    at: m.at,
    chat: m.private ? { kind: 'private', id: m.senderId } : groupChat(m.chatId, known),
    sender: { id: m.senderId, ...(name ? { name } : {}), ...(m.bot ? { bot: true } : {}) },
    kind: said.kind,
    text: said.text,
    mentions:
      mentioned.length === 0
        ? nobody
        : [...new Set(mentioned.filter((openId) => openId !== known.botOpenId && openId !== 'all'))],
    mentionsBot: mentioned.includes(known.botOpenId),
    ...(said.file ? { file: { id: said.file } } : {}),
    ...(m.parentId ? { quotes: { id: m.parentId } } : {}),
  };
  return { event, asks: m.parentId || undefined, inThread: Boolean(m.threadId) };
}

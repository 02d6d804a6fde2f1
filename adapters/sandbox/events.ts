import type { Chat, ChatEvent, Sender } from '../adapter.ts';
import type { Heard } from './records.ts';
import type { State } from './state.ts';
import { botId, groupId } from './store.ts';
import { texts } from './texts.ts';

/** What the bot is told of a record; built anew for each redelivery, always with the same id. */
export function eventOf(record: Heard, state: State): ChatEvent {
  const base = { id: record.id, at: record.at, chat: named(record.chat, state) };
  switch (record.type) {
    case 'said':
      return {
        ...base,
        type: 'message',
        sender: senderOf(record.from, state),
        kind: record.kind,
        text: record.text,
        mentions: record.mentions,
        mentionsBot: record.mentionsBot,
        ...(record.file ? { file: { id: record.file.id, size: record.file.size } } : {}),
        ...(record.quote === undefined ? {} : { quotes: quoteOf(record.quote, state) }),
      };
    case 'pressed':
      return {
        ...base,
        type: 'press',
        sender: senderOf(record.from, state),
        command: record.command,
        values: record.values,
      };
    case 'joined':
      return { ...base, type: 'join', members: [{ id: record.person.id, name: record.person.name }] };
    case 'left':
      return { ...base, type: 'leave', members: [{ id: record.person.id, name: record.person.name }] };
    case 'added':
      return { ...base, type: 'bot-added' };
  }
}

/** A person, or the bot, as the port names them. */
function senderOf(id: string, state: State): Sender {
  if (id === botId) return { id, name: texts.botName, bot: true };
  return { id, name: state.people.get(id)?.name };
}

function named(chat: Chat, state: State): Chat {
  const name = chat.id === groupId ? texts.groupName : state.people.get(chat.id)?.name;
  return { kind: chat.kind, id: chat.id, name };
}

function quoteOf(id: string, state: State): { id: string; sender?: string; bot?: true } {
  const quoted = state.byId.get(id);
  if (quoted?.type === 'said' || quoted?.type === 'pressed') return { id, sender: quoted.from };
  return quoted?.type === 'sent' ? { id, sender: botId, bot: true } : { id };
}

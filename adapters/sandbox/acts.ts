import type { Chat, MessageKind } from '../adapter.ts';
import { Refusal } from './errors.ts';
import { youthId } from './people.ts';
import type { Draft, Entry, Person } from './records.ts';
import {
  type JoinRequest,
  maxTextBytes,
  type PressRequest,
  type SayRequest,
  type UploadRequest,
} from './requests.ts';
import type { State } from './state.ts';
import { botId, groupId, type Store } from './store.ts';
import { texts } from './texts.ts';

/**
 * What a person does, checked against what there is. Each function makes the act durable and gives its record back,
 * or throws a {@link Refusal}. `now` is milliseconds since the epoch.
 */

/** Writes a text. */
export async function say(store: Store, request: SayRequest, now: number): Promise<Entry> {
  const { state } = store;
  const chat = chatFor(state, request.as, request.where);
  if (request.text.trim() === '') throw new Refusal(400, texts.emptyText);
  if (Buffer.byteLength(request.text, 'utf8') > maxTextBytes) throw new Refusal(413, texts.textTooLong);
  for (const id of request.mentions) {
    if (chat.kind !== 'group' || !(id === botId || state.members.has(id))) {
      throw new Refusal(400, texts.unknownMention);
    }
  }
  const mentions = [...new Set(request.mentions)];
  return appended(store, {
    type: 'said',
    id: store.newId(),
    at: now,
    chat,
    from: request.as,
    kind: 'text',
    text: request.text,
    mentions: mentions.filter((id) => id !== botId),
    mentionsBot: mentions.includes(botId),
    ...quoteIn(state, chat, request.quote),
  });
}

/** Sends a picture or a file. `claimedType` is the browser's word for it; it only tells voice and video apart. */
export async function upload(
  store: Store,
  request: UploadRequest,
  bytes: Uint8Array,
  claimedType: string,
  now: number,
): Promise<Entry> {
  const chat = chatFor(store.state, request.as, request.where);
  const quote = quoteIn(store.state, chat, request.quote);
  if (bytes.byteLength === 0) throw new Refusal(400, texts.fileEmpty);
  const file = await kept(store.keepFile(request.name, bytes));
  return appended(store, {
    type: 'said',
    id: store.newId(),
    at: now,
    chat,
    from: request.as,
    kind: kindOf(file.type, claimedType),
    text: '',
    mentions: [],
    mentionsBot: false,
    ...quote,
    file,
  });
}

/** Presses a card's button or sends its form. The command is looked up on the card; the browser cannot name one. */
export async function press(store: Store, request: PressRequest, now: number): Promise<Entry> {
  const { state } = store;
  const card = state.byId.get(request.card);
  if (card?.type !== 'sent' || card.content.type !== 'card') throw new Refusal(404, texts.unknownButton);
  const chat = chatFor(state, request.as, card.chat.kind);
  if (chat.id !== card.chat.id) throw new Refusal(404, texts.unknownButton);
  const base = {
    type: 'pressed',
    id: store.newId(),
    at: now,
    chat,
    from: request.as,
    card: card.id,
  } as const;
  if ('button' in request.press) {
    const button = card.content.buttons?.[request.press.button];
    if (!button) throw new Refusal(404, texts.unknownButton);
    return appended(store, { ...base, label: button.label, command: button.command, values: {} });
  }
  const form = card.content.form;
  if (!form) throw new Refusal(404, texts.unknownButton);
  const given = new Map(Object.entries(request.press.values));
  const values: Record<string, string> = {};
  for (const field of form.fields) {
    const value = given.get(field.name) ?? '';
    if (field.options && value !== '' && !field.options.includes(value))
      throw new Refusal(400, texts.badForm);
    given.delete(field.name);
    values[field.name] = value;
  }
  if (given.size > 0) throw new Refusal(400, texts.badForm);
  return appended(store, { ...base, label: form.submit, command: form.command, values });
}

/** Lets a new youth join the group, or somebody come back. */
export async function join(store: Store, request: JoinRequest, now: number): Promise<Person> {
  const { state } = store;
  const person = 'name' in request ? newcomer(state, request.name) : personOf(state, request.person);
  if (state.members.has(person.id)) throw new Refusal(409, texts.alreadyMember);
  const chat = { kind: 'group', id: groupId } as const;
  await appended(store, { type: 'joined', id: store.newId(), at: now, chat, person });
  return person;
}

/** Lets somebody leave the group. */
export async function leave(store: Store, personId: string, now: number): Promise<Entry> {
  const person = personOf(store.state, personId);
  if (!store.state.members.has(person.id)) throw new Refusal(409, texts.notMember);
  const chat = { kind: 'group', id: groupId } as const;
  return appended(store, { type: 'left', id: store.newId(), at: now, chat, person });
}

function newcomer(state: State, name: string): Person {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 64) throw new Refusal(400, texts.badName);
  return { id: youthId(state.people.size), name: trimmed, role: 'youth' };
}

function personOf(state: State, id: string): Person {
  const person = state.people.get(id);
  if (!person) throw new Refusal(404, texts.unknownPerson);
  return person;
}

/** The chat in which a person may act. */
function chatFor(state: State, personId: string, where: 'group' | 'private'): Chat {
  const person = personOf(state, personId);
  if (where === 'private') return { kind: 'private', id: person.id };
  if (!state.members.has(person.id)) throw new Refusal(409, texts.notMember);
  return { kind: 'group', id: groupId };
}

function quoteIn(state: State, chat: Chat, id: string | undefined): { quote?: string } {
  if (id === undefined) return {};
  const quoted = state.byId.get(id);
  if (!quoted || quoted.chat.kind !== chat.kind || quoted.chat.id !== chat.id) {
    throw new Refusal(400, texts.unknownQuote);
  }
  return { quote: id };
}

function kindOf(foundType: string, claimedType: string): MessageKind {
  if (foundType.startsWith('image/')) return 'image';
  if (claimedType.startsWith('audio/')) return 'voice';
  return claimedType.startsWith('video/') ? 'video' : 'file';
}

async function appended(store: Store, draft: Draft): Promise<Entry> {
  return (await kept(store.append(draft))) as Entry;
}

/** A failed write is told in words; the file system's own message goes with it for the log. */
async function kept<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (cause) {
    const refusal = new Refusal(507, texts.diskFull);
    refusal.cause = cause;
    throw refusal;
  }
}

/** From a message as the platform tells it to the bot's event: who wrote it, whom it mentions and quotes, by names. */
import type { Chat, MessageEvent, Sender } from '../adapter.ts';
import { mentionsIn, type NameBook, nameBook, spelt, withoutInlineQuote } from './names.ts';
import type { HeardMessage, HeardRoom, Member } from './protocol.ts';
import { markIn } from './remark.ts';

/** A group as it was last heard of. */
export interface Room {
  readonly name: string;
  readonly members: readonly Member[];
  readonly book: NameBook;
}

export function roomOf({ name, members }: HeardRoom): Room {
  return { name, members, book: nameBook(members) };
}

/** Who is around a message. */
export interface Around {
  readonly self: Member;
  readonly chat: Chat;
  readonly room: Room | undefined;
  readonly friend: Member | undefined;
  /** The id of the bot's message of these words in that chat. */
  readonly ownMessage: (quotedText: string) => string | undefined;
}

/** Somebody as the bot is told of them. */
export function senderOf({ id, name, mark: remark }: Member, self: Member): Sender {
  const mark = markIn(remark);
  return {
    id,
    ...(name === '' ? {} : { name }),
    ...(mark ? { mark } : {}),
    ...(id === self.id ? { bot: true } : {}),
  };
}

/** The event of a message, an inline quote taken off. */
export function readMessage(heard: HeardMessage, around: Around): MessageEvent {
  const { self, chat, room, friend } = around;
  const listed = room?.members.find(({ id }) => id === heard.from) ?? friend;
  const { text, quotedName, quotedText } = withoutInlineQuote(heard.text);
  const mentioned = heard.room === undefined ? [] : mentionedBy(heard, text, room, self);
  const quote = heard.quote ?? (quotedName === undefined ? undefined : { id: '', name: quotedName });
  return {
    type: 'message',
    id: heard.id,
    at: heard.at,
    chat,
    sender: senderOf(listed ?? { id: heard.from, name: '' }, self),
    kind: heard.kind,
    text,
    mentions: mentioned.filter((id) => id !== self.id),
    mentionsBot: mentioned.includes(self.id),
    ...(quote ? { quotes: quotes(heard, quote, quotedText, around) } : {}),
  };
}

function quotes(
  heard: HeardMessage,
  quote: { readonly id: string; readonly name: string },
  quotedText: string | undefined,
  { self, room, ownMessage }: Around,
): NonNullable<MessageEvent['quotes']> {
  const named = room?.book.byName.get(spelt(quote.name));
  const sender = named === 'several' ? undefined : named;
  // In a group the bot may be called otherwise; somebody else who alone bears its name is somebody else.
  const bot = sender === undefined ? spelt(quote.name) === spelt(self.name) : sender === self.id;
  const own = bot && quotedText !== undefined ? ownMessage(quotedText) : undefined;
  return {
    id: quote.id || own || `inline/${heard.id}`,
    ...(sender ? { sender } : {}),
    ...(bot ? { bot: true } : {}),
  };
}

function mentionedBy(
  heard: HeardMessage,
  text: string,
  room: Room | undefined,
  self: Member,
): readonly string[] {
  if (heard.mentions.length > 0) return heard.mentions;
  const book = room?.book ?? nameBook([self]);
  const found = mentionsIn(text, book);
  return found.length > 0 ? found : mentionsIn(text, nameBook([self]));
}

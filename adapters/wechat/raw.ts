/**
 * Messages of web WeChat as its server sends them (`webwxsync`, AddMsgList). Read here and not by the puppet, which cuts
 * a group's text at its first `:\n`, takes typed XML and typed phrases for events, and logs out at a certain text.
 */
import { z } from 'zod';
import type { MessageKind } from '../adapter.ts';
import type { HeardMessage } from './protocol.ts';

const number = z.coerce.number().catch(0);
const text = z.string().catch('');

const rawMessage = z.object({
  MsgId: z.string().min(1),
  FromUserName: z.string().min(1),
  ToUserName: text,
  MsgType: z.coerce.number(),
  Content: text,
  CreateTime: z.coerce.number().positive(),
  AppMsgType: number,
  SubMsgType: number,
  FileName: text,
  StatusNotifyUserName: text,
});

/** What a raw message is. */
export type RawReading =
  | { readonly kind: 'message'; readonly message: HeardMessage }
  /** The platform's own line in a chat (“…加入了群聊”). */
  | { readonly kind: 'notice'; readonly chat: string; readonly text: string }
  /** Chats that the phone has open. */
  | { readonly kind: 'chats'; readonly ids: readonly string[] }
  /** Nothing for us: the bot's own, a receipt, a call, or nothing that can be read. */
  | { readonly kind: 'nothing' };

const msgType = {
  text: 1,
  image: 3,
  voice: 34,
  friendRequest: 37,
  contactCard: 42,
  video: 43,
  sticker: 47,
  location: 48,
  app: 49,
  opened: 51,
  shortVideo: 62,
  notice: 10_000,
} as const;
const appType = { link: 5, file: 6, sticker: 8, quote: 57, transfer: 2_000, redPacket: 2_001 } as const;

const plainKinds: ReadonlyMap<number, MessageKind> = new Map([
  [msgType.image, 'image'],
  [msgType.voice, 'voice'],
  [msgType.contactCard, 'card'],
  [msgType.video, 'video'],
  [msgType.shortVideo, 'video'],
  [msgType.sticker, 'sticker'],
  [msgType.location, 'link'],
]);

/** Beyond this a text is nobody's message; in UTF-16 units. WeChat's own clients stop far below. */
const longestText = 20_000;

const nothing: RawReading = { kind: 'nothing' };

/** Reads one message of AddMsgList. `self`: the account's own id. Never throws: the server's list may hold anything. */
export function readRaw(raw: unknown, self: string): RawReading {
  const parsed = rawMessage.safeParse(raw);
  if (!parsed.success) return nothing;
  const { MsgId, FromUserName, MsgType, Content, CreateTime, AppMsgType, StatusNotifyUserName } = parsed.data;
  if (MsgType === msgType.opened)
    return { kind: 'chats', ids: StatusNotifyUserName.split(',').filter((id) => id !== '') };
  if (FromUserName === self) return nothing;
  const inRoom = isRoom(FromUserName);
  if (MsgType === msgType.notice) return { kind: 'notice', chat: FromUserName, text: decoded(Content) };
  const { sender, rest } = inRoom ? split(Content) : { sender: FromUserName, rest: Content };
  if (sender === undefined || sender === self) return nothing;
  const read = contentOf(MsgType, AppMsgType, rest);
  if (!read) return nothing;
  return {
    kind: 'message',
    message: {
      type: 'message',
      id: MsgId,
      at: CreateTime * 1_000,
      ...(inRoom ? { room: FromUserName } : {}),
      from: sender,
      kind: read.kind,
      text: read.text.slice(0, longestText),
      mentions: [],
      ...(read.quote ? { quote: read.quote } : {}),
    },
  };
}

/** Whether an id is a group's. */
export function isRoom(id: string): boolean {
  return id.startsWith('@@') || id.endsWith('@chatroom');
}

interface Read {
  readonly kind: MessageKind;
  readonly text: string;
  readonly quote?: { readonly id: string; readonly name: string };
}

function contentOf(type: number, app: number, content: string): Read | undefined {
  // The kind comes from the server's number alone: whatever was typed stays text.
  if (type === msgType.text) return { kind: 'text', text: decoded(content) };
  const plain = plainKinds.get(type);
  if (plain) return { kind: plain, text: '' };
  if (type !== msgType.app) return undefined;
  if (app === appType.quote) return quoteOf(decoded(content));
  if (app === appType.file) return { kind: 'file', text: '' };
  if (app === appType.sticker || app === appType.transfer || app === appType.redPacket)
    return { kind: 'sticker', text: '' };
  return { kind: app === appType.link ? 'link' : 'card', text: '' };
}

/** A message that quotes another one: `<title>` is what was typed, `<refermsg>` what is quoted. */
function quoteOf(xml: string): Read {
  const refer = between(xml, 'refermsg') ?? '';
  const id = between(refer, 'svrid') ?? '';
  return {
    kind: 'text',
    text: decoded(between(xml, 'title') ?? ''),
    quote: { id, name: decoded(between(refer, 'displayname') ?? '') },
  };
}

function between(xml: string, tag: string): string | undefined {
  const from = xml.indexOf(`<${tag}>`);
  const to = xml.indexOf(`</${tag}>`, from);
  if (from < 0 || to < 0) return undefined;
  return xml.slice(from + tag.length + 2, to).replace(/^<!\[CDATA\[([\s\S]*)\]\]>$/, '$1');
}

/** A group's content begins with its sender: `@abc:<br/>`. All that follows is the text, whatever it holds. */
function split(content: string): { readonly sender: string | undefined; readonly rest: string } {
  const prefix = /^([@\w-]{1,200}):<br\/?>/.exec(content);
  return { sender: prefix?.[1], rest: content.slice(prefix?.[0].length ?? 0) };
}

/** The server escapes what people type (names, too), writes line breaks as `<br/>` and old emoji as spans. */
export function decoded(content: string): string {
  return content
    .replace(/<br\/?>/g, '\n')
    .replace(/<span class="emoji emoji([0-9a-f]{4,10})"><\/span>/g, (_, code: string) => emoji(code))
    .replace(/&(lt|gt|quot|apos|#39|amp);/g, (_, entity: string) => entities[entity] ?? '');
}

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  amp: '&',
};

function emoji(code: string): string {
  const halves = code.length > 6 ? [code.slice(0, code.length / 2), code.slice(code.length / 2)] : [code];
  const points = halves.map((half) => Number.parseInt(half, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : '*';
}

import { randomBytes } from 'node:crypto';

/** A person of the tenant, by the three ids that Feishu gives. */
export interface User {
  readonly openId: string;
  readonly unionId: string;
  readonly userId: string;
  name: string;
}

export interface ChatRecord {
  readonly chatId: string;
  readonly kind: 'group' | 'p2p';
  name: string;
  readonly members: Set<string>;
  botIn: boolean;
  disbanded: boolean;
  readonly messages: Message[];
}

export interface Mention {
  readonly key: string;
  readonly openId: string;
  readonly name: string;
}

/** A message, whoever sent it. `content` is the JSON text that Feishu keeps. Instants in milliseconds. */
export interface Message {
  readonly messageId: string;
  readonly chatId: string;
  readonly type: string;
  content: string;
  readonly sender: { readonly id: string; readonly type: 'user' | 'app' };
  readonly createdAt: number;
  updatedAt: number;
  readonly rootId?: string | undefined;
  readonly parentId?: string | undefined;
  readonly mentions: readonly Mention[];
  readonly uuid?: string | undefined;
  deleted: boolean;
  /** How often its content was replaced. */
  updates: number;
  /** The messages inside a forwarded bundle. */
  readonly forwarded?: readonly Message[] | undefined;
}

export interface StoredFile {
  readonly key: string;
  readonly kind: 'image' | 'file';
  readonly name: string;
  readonly bytes: Buffer;
}

/** A random id with Feishu's prefix for its kind. */
export function newId(prefix: string): string {
  return `${prefix}${randomBytes(16).toString('hex')}`;
}

const mostMessages = 50_000;
const mostFiles = 500;

/** What exists in the tenant: people, chats, messages, files; the oldest messages and files are forgotten first. */
export class World {
  readonly users = new Map<string, User>();
  readonly chats = new Map<string, ChatRecord>();
  readonly messages = new Map<string, Message>();
  readonly files = new Map<string, StoredFile>();
  readonly #byUuid = new Map<string, Message>();

  /** Finds a person by open_id, or brings one into being; a name given replaces the known one. */
  user(openId: string, name?: string): User {
    const known = this.users.get(openId);
    if (known) {
      if (name !== undefined) known.name = name;
      return known;
    }
    const tail = newId('');
    const user = {
      openId,
      unionId: `on_${tail}`,
      userId: tail.slice(0, 8),
      name: name ?? `成员${this.users.size + 1}`,
    };
    this.users.set(openId, user);
    return user;
  }

  /** A known person by one of the three ids; `idType` is `open_id`, `union_id` or `user_id`. */
  findUser(id: string, idType: string): User | undefined {
    if (idType === 'open_id') return this.users.get(id);
    return [...this.users.values()].find((user) =>
      idType === 'union_id' ? user.unionId === id : user.userId === id,
    );
  }

  /** Finds or makes a group. */
  group(chatId: string, name?: string): ChatRecord {
    const known = this.chats.get(chatId);
    if (known) return known;
    const chat: ChatRecord = {
      chatId,
      kind: 'group',
      name: name ?? `群${this.chats.size + 1}`,
      members: new Set(),
      botIn: true,
      disbanded: false,
      messages: [],
    };
    this.chats.set(chatId, chat);
    return chat;
  }

  /** Finds or makes the private chat between the bot and a person. */
  privateChat(openId: string): ChatRecord {
    for (const chat of this.chats.values()) {
      if (chat.kind === 'p2p' && chat.members.has(openId)) return chat;
    }
    this.user(openId);
    const chat: ChatRecord = {
      chatId: newId('oc_'),
      kind: 'p2p',
      name: '',
      members: new Set([openId]),
      botIn: true,
      disbanded: false,
      messages: [],
    };
    this.chats.set(chat.chatId, chat);
    return chat;
  }

  /** The last message of a chat that was sent with this uuid. */
  byUuid(chatId: string, uuid: string): Message | undefined {
    return this.#byUuid.get(`${chatId} ${uuid}`);
  }

  /** Keeps a message, in its chat too. */
  addMessage(message: Message): void {
    this.messages.set(message.messageId, message);
    if (message.uuid !== undefined) this.#byUuid.set(`${message.chatId} ${message.uuid}`, message);
    const chat = this.chats.get(message.chatId);
    chat?.messages.push(message);
    if (this.messages.size > mostMessages) {
      const [oldest] = this.messages.values();
      if (!oldest) return;
      this.messages.delete(oldest.messageId);
      if (oldest.uuid !== undefined) this.#byUuid.delete(`${oldest.chatId} ${oldest.uuid}`);
      const list = this.chats.get(oldest.chatId)?.messages;
      if (list?.[0] === oldest) list.shift();
    }
  }

  /** Keeps a picture or file under a new key. */
  addFile(kind: 'image' | 'file', name: string, bytes: Buffer): StoredFile {
    const file = { key: newId(kind === 'image' ? 'img_v3_' : 'file_v3_'), kind, name, bytes };
    this.files.set(file.key, file);
    if (this.files.size > mostFiles) {
      const [oldest] = this.files.keys();
      if (oldest !== undefined) this.files.delete(oldest);
    }
    return file;
  }
}

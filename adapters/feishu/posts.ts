import { z } from 'zod';
import { fileAnswer, imageAnswer, sentAnswer } from './answers.ts';
import type { Calls } from './calls.ts';

/** What the adapter says through Feishu's API. All throw {@link FeishuError}. */
export class Posts {
  readonly #calls: Calls;
  readonly #uploadMs: number;

  /** `uploadMs`: when an upload is given up. */
  constructor(calls: Calls, uploadMs: number) {
    this.#calls = calls;
    this.#uploadMs = uploadMs;
  }

  /** Sends into a chat. `uuid`: at most one success an hour. */
  async create(parts: {
    readonly to: { readonly type: 'chat_id' | 'open_id'; readonly id: string };
    readonly type: string;
    readonly content: string;
    readonly uuid: string;
  }): Promise<string> {
    const { message_id } = await this.#calls.call({
      what: 'send',
      method: 'POST',
      path: '/open-apis/im/v1/messages',
      params: { receive_id_type: parts.to.type },
      data: { receive_id: parts.to.id, msg_type: parts.type, content: parts.content, uuid: parts.uuid },
      chat: parts.to.id,
      answer: sentAnswer,
    });
    return message_id;
  }

  /** Answers a message. `chat`: for the limit. */
  async reply(parts: {
    readonly messageId: string;
    readonly chat: string;
    readonly type: string;
    readonly content: string;
    readonly uuid: string;
  }): Promise<string> {
    const { message_id } = await this.#calls.call({
      what: 'reply',
      method: 'POST',
      path: `/open-apis/im/v1/messages/${encodeURIComponent(parts.messageId)}/reply`,
      data: { msg_type: parts.type, content: parts.content, uuid: parts.uuid },
      chat: parts.chat,
      answer: sentAnswer,
    });
    return message_id;
  }

  /** Replaces a card that the bot sent in the last 14 days. */
  async updateCard(messageId: string, content: string): Promise<void> {
    await this.#calls.call({
      what: 'card update',
      method: 'PATCH',
      path: `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`,
      data: { content },
      chat: messageId,
      answer: z.unknown(),
    });
  }

  /** Uploads a picture; gives its key. */
  async uploadImage(bytes: Uint8Array, name: string): Promise<string> {
    const form = new FormData();
    form.append('image_type', 'message');
    form.append('image', new Blob([new Uint8Array(bytes)]), name);
    const { image_key } = await this.#calls.call({
      what: 'image upload',
      method: 'POST',
      path: '/open-apis/im/v1/images',
      data: form,
      timeoutMs: this.#uploadMs,
      answer: imageAnswer,
    });
    return image_key;
  }

  /** Uploads a file; gives its key. `type`: one of Feishu's file types. */
  async uploadFile(bytes: Uint8Array, name: string, type: string): Promise<string> {
    const form = new FormData();
    form.append('file_type', type);
    form.append('file_name', name);
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    const { file_key } = await this.#calls.call({
      what: 'file upload',
      method: 'POST',
      path: '/open-apis/im/v1/files',
      data: form,
      timeoutMs: this.#uploadMs,
      answer: fileAnswer,
    });
    return file_key;
  }
}

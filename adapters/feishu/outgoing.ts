import { createHash } from 'node:crypto';
import { type Chat, type Content, SendError, type SendOptions, type Sent } from '../adapter.ts';
import { Recent } from '../recent.ts';
import { split } from '../split.ts';
import { cardJson } from './cards.ts';
import { FeishuError } from './errors.ts';
import { mentionTag, plainText } from './markup.ts';
import type { Names } from './names.ts';
import type { Log } from './options.ts';
import type { Posts } from './posts.ts';
import type { Quotes } from './quotes.ts';
import { texts } from './texts.ts';
import { checkSize, fileTypeOf } from './uploads.ts';

/** Longest text of one message, in UTF-16 code units: far below Feishu's 150 KB, and what one still scrolls. */
export const textLimit = 8_000;
const keysKept = 5_000;

/** Codes of a quoted message that is no more, or that cannot be answered: the answer goes out without the quote. */
const quoteGone: ReadonlySet<number> = new Set([
  230001, 230011, 230019, 230050, 230054, 230110, 230111, 99992402,
]);

interface Part {
  readonly type: string;
  readonly content: string;
}

/** The bot's way of writing into Feishu. */
export class Outgoing {
  readonly #posts: Posts;
  readonly #names: Names;
  readonly #quotes: Quotes;
  readonly #log: Log;
  /** Sends under way by key: one that is repeated meanwhile waits for the first. */
  readonly #underWay = new Map<string, Promise<Sent>>();
  readonly #sent = new Recent<string, Sent>(keysKept);
  readonly #uploads = new Recent<string, string>(200);

  constructor(parts: { posts: Posts; names: Names; quotes: Quotes; log: Log }) {
    this.#posts = parts.posts;
    this.#names = parts.names;
    this.#quotes = parts.quotes;
    this.#log = parts.log;
  }

  /** Sends one message, or several where a text is too long for one. Throws {@link SendError}. */
  send(chat: Chat, content: Content, options: SendOptions): Promise<Sent> {
    const { key } = options;
    const done = this.#sent.get(key);
    if (done) return Promise.resolve(done);
    const known = this.#underWay.get(key);
    if (known) return known;
    const sending = this.#send(chat, content, options)
      .catch((error: unknown) => {
        throw this.#sendError(error);
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, sending);
    return sending;
  }

  async #send(chat: Chat, content: Content, { key, quote, updates }: SendOptions): Promise<Sent> {
    if (updates !== undefined) return this.#update(chat, content, key, updates);
    const parts = await this.#parts(chat, content, key);
    let messageId: string | undefined;
    for (const [i, part] of parts.entries()) {
      const uuid = uuidOf(parts.length === 1 ? key : `${key}#${i}`);
      const id = await this.#sendPart(chat, part, uuid, i === 0 ? quote : undefined).catch(
        (error: unknown) => {
          // Of a long text the parts before are there.
          const unknown = i > 0 || (error instanceof FeishuError && error.outcome === 'unknown');
          throw this.#sendError(error, unknown ? 'uncertain' : 'retry');
        },
      );
      this.#quotes.sent(id);
      messageId ??= id;
    }
    const sent = { messageId };
    this.#sent.set(key, sent);
    return sent;
  }

  async #sendPart(chat: Chat, part: Part, uuid: string, quote: string | undefined): Promise<string> {
    if (quote !== undefined) {
      try {
        return await this.#posts.reply({ messageId: quote, chat: chat.id, ...part, uuid });
      } catch (error) {
        if (!(error instanceof FeishuError) || !quoteGone.has(error.code ?? 0)) throw error;
        this.#log.warn(
          { code: error.code },
          'feishu: the message to answer is gone, sent without quoting it',
        );
      }
    }
    const to = { type: chat.kind === 'group' ? 'chat_id' : 'open_id', id: chat.id } as const;
    return this.#posts.create({ to, ...part, uuid });
  }

  async #update(chat: Chat, content: Content, key: string, messageId: string): Promise<Sent> {
    if (content.type !== 'card') throw new SendError('refused', 'feishu: only a card can be replaced');
    await this.#posts.updateCard(messageId, cardJson(content, chat.kind === 'private'));
    const sent = { messageId };
    this.#sent.set(key, sent);
    return sent;
  }

  async #parts(chat: Chat, content: Content, key: string): Promise<readonly Part[]> {
    switch (content.type) {
      case 'text':
        return this.#texts(content.text, content.mentions ?? []);
      case 'card':
        return [{ type: 'interactive', content: cardJson(content, chat.kind === 'private') }];
      case 'image': {
        checkSize('image', content.bytes);
        const upload = () => this.#posts.uploadImage(content.bytes, content.name);
        return [{ type: 'image', content: JSON.stringify({ image_key: await this.#uploaded(key, upload) }) }];
      }
      case 'file': {
        checkSize('file', content.bytes);
        const upload = () => this.#posts.uploadFile(content.bytes, content.name, fileTypeOf(content.name));
        return [{ type: 'file', content: JSON.stringify({ file_key: await this.#uploaded(key, upload) }) }];
      }
    }
  }

  /** Mentions stand in the place of `@name` where the text has it, otherwise before the text. */
  #texts(text: string, mentions: readonly string[]): readonly Part[] {
    const parts = split(text, textLimit).map(plainText);
    const missing: string[] = [];
    for (const id of new Set(mentions)) {
      const tag = mentionTag(id);
      if (tag === undefined) continue;
      const name = this.#names.personName(id);
      const at = name ? parts.findIndex((part) => part.includes(`@${plainText(name)}`)) : -1;
      const found = parts[at];
      if (name && found !== undefined) parts[at] = found.replace(`@${plainText(name)}`, () => tag);
      else missing.push(tag);
    }
    if (missing.length > 0) parts[0] = [...missing, parts[0] ?? ''].join(' ');
    return parts.map((part) => ({ type: 'text', content: JSON.stringify({ text: part }) }));
  }

  /** An upload is not repeated when only the sending after it failed. */
  async #uploaded(key: string, upload: () => Promise<string>): Promise<string> {
    const known = this.#uploads.get(key);
    if (known !== undefined) return known;
    const uploaded = await upload();
    this.#uploads.set(key, uploaded);
    return uploaded;
  }

  /** `otherwise`: what a fault comes to that is no refusal. Uploads and replaced cards may always be repeated. */
  #sendError(error: unknown, otherwise: 'retry' | 'uncertain' = 'retry'): SendError {
    if (error instanceof SendError) return error;
    const fault =
      error instanceof FeishuError
        ? error
        : new FeishuError('feishu: send: fault of ours', { forPerson: texts.badAnswer });
    this.#log.warn({ code: fault.code, explanation: fault.forPerson }, fault.message);
    const outcome = fault.outcome === 'refused' ? 'refused' : otherwise;
    const failed = new SendError(outcome, `${fault.message}: ${fault.forPerson}`, fault.afterMs);
    failed.cause = fault;
    return failed;
  }
}

/** Feishu takes 50 characters; the key is hashed into 40. */
function uuidOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40);
}

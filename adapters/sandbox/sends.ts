import {
  type Abilities,
  type Chat,
  type Content,
  SendError,
  type SendOptions,
  type Sent,
} from '../adapter.ts';
import type { Log } from './deliveries.ts';
import { maxFileBytes } from './files.ts';
import type { KeptContent } from './records.ts';
import type { State } from './state.ts';
import { groupId, type Store } from './store.ts';

export const abilities: Abilities = {
  cards: true,
  quoting: true,
  files: true,
  memberLists: true,
  stableIds: true,
  hears: 'all',
  updates: false,
  deduplicatesSends: true,
  textLimit: 20_000,
  paceMs: 0,
};

/** The bot's way of writing into the sandbox. */
export class Sends {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #log: Log;
  /** Sends under way by key: one that is repeated meanwhile waits for the first. */
  readonly #underWay = new Map<string, Promise<Sent>>();

  constructor(store: Store, now: () => number, log: Log) {
    this.#store = store;
    this.#now = now;
    this.#log = log;
  }

  /**
   * Keeps the message and shows it; a key seen before gives the earlier message's id and does nothing else.
   * Throws {@link SendError}: `refused` for an unknown chat or what is too large, `retry` when the disk takes nothing.
   */
  send(chat: Chat, content: Content, options: SendOptions): Promise<Sent> {
    const known = this.#underWay.get(options.key);
    if (known) return known;
    const sending = this.#send(chat, content, options).finally(() => this.#underWay.delete(options.key));
    this.#underWay.set(options.key, sending);
    return sending;
  }

  async #send(chat: Chat, content: Content, { key, quote }: SendOptions): Promise<Sent> {
    const { state } = this.#store;
    const earlier = state.sentWith(key);
    if (earlier) return { messageId: earlier.id };
    const known = chat.kind === 'group' ? chat.id === groupId : state.people.has(chat.id);
    if (!known) throw new SendError('refused', `sandbox: no ${chat.kind} chat ${chat.id}`);
    checkSize(content);
    const quoted = quote === undefined ? undefined : state.byId.get(quote);
    if (quote !== undefined && !quoted)
      this.#log.warn({ key }, 'sandbox: quoted message unknown, sent without');
    try {
      const record = await this.#store.append({
        type: 'sent',
        id: this.#store.newId(),
        at: this.#now(),
        chat: { kind: chat.kind, id: chat.id },
        key,
        ...(quoted ? { quote: quoted.id } : {}),
        content: await this.#kept(content),
      });
      return 'id' in record ? { messageId: record.id } : {};
    } catch (error) {
      throw new SendError('retry', `sandbox: not written: ${String(error)}`);
    }
  }

  async #kept(content: Content): Promise<KeptContent> {
    switch (content.type) {
      case 'text':
        return { type: 'text', ...withMentions(content.text, content.mentions ?? [], this.#store.state) };
      case 'image':
        return {
          type: 'image',
          file: await this.#store.keepFile(content.name, content.bytes),
          alt: content.alt,
        };
      case 'file':
        return { type: 'file', file: await this.#store.keepFile(content.name, content.bytes) };
      case 'card':
        return {
          type: 'card',
          title: content.title,
          text: content.text,
          ...(content.fields ? { fields: content.fields.map((f) => ({ ...f })) } : {}),
          ...(content.buttons ? { buttons: content.buttons.map((b) => ({ ...b })) } : {}),
          ...(content.form
            ? {
                form: {
                  command: content.form.command,
                  submit: content.form.submit,
                  fields: content.form.fields.map((f) => ({
                    ...f,
                    options: f.options ? [...f.options] : undefined,
                  })),
                },
              }
            : {}),
        };
    }
  }
}

function checkSize(content: Content): void {
  if (content.type === 'text' && content.text.length > abilities.textLimit) {
    throw new SendError('refused', `sandbox: text of ${content.text.length} is over the limit`);
  }
  if ((content.type === 'image' || content.type === 'file') && content.bytes.byteLength > maxFileBytes) {
    throw new SendError('refused', `sandbox: file of ${content.bytes.byteLength} bytes is over the limit`);
  }
}

/** Mentions stand in the text as `@name`; those that the bot's text does not show yet are put before it. */
function withMentions(
  text: string,
  ids: readonly string[],
  state: State,
): { text: string; mentions: string[] } {
  const mentions = ids.filter((id) => state.people.has(id));
  const missing = mentions
    .map((id) => `@${state.people.get(id)?.name ?? id}`)
    .filter((mention) => !text.includes(mention));
  return { text: [...missing, text].join(' '), mentions };
}

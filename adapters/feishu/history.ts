import type { Api } from './api.ts';
import { FeishuError, faultOf } from './errors.ts';
import type { Known } from './heard.ts';
import type { Hearing } from './hearing.ts';
import { listedOf } from './incoming.ts';
import type { Names } from './names.ts';
import type { Log } from './options.ts';

/** Codes of a group that the bot has left, or that is no more: it has no history that counts. */
const gone: ReadonlySet<number> = new Set([230002, 232006, 232009, 232011]);

/** Fetches what was said while nothing could be heard, and delivers it under the messages' own ids. */
export class History {
  readonly #api: Api;
  readonly #hearing: Hearing;
  readonly #names: Names;
  readonly #known: () => Known;
  readonly #log: Log;

  constructor(parts: { api: Api; hearing: Hearing; names: Names; known: () => Known; log: Log }) {
    this.#api = parts.api;
    this.#hearing = parts.hearing;
    this.#names = parts.names;
    this.#known = parts.known;
    this.#log = parts.log;
  }

  /**
   * Fills a gap, in milliseconds. `whole`: everything said in all groups in that time has been taken.
   * `partly`: it cannot be had (a scope is missing, or threads keep their own history). `later`: worth another try.
   */
  async fill(from: number, until: number): Promise<'whole' | 'partly' | 'later'> {
    try {
      let whole = true;
      for (const { id, name } of await this.#api.groups()) {
        this.#names.learnGroup(id, name);
        if (!(await this.#fillGroup(id, from, until))) whole = false;
      }
      return whole ? 'whole' : 'partly';
    } catch (error) {
      this.#log.warn(
        { fault: faultOf(error) },
        'feishu: what was said while disconnected could not be fetched',
      );
      return error instanceof FeishuError && error.outcome === 'refused' ? 'partly' : 'later';
    }
  }

  async #fillGroup(chatId: string, from: number, until: number): Promise<boolean> {
    let threads = this.#hearing.threads.has(chatId);
    let understood = true;
    try {
      const read = await this.#api.history(chatId, from, until, async (messages) => {
        const taken: Promise<void>[] = [];
        for (const message of messages) {
          if (message.thread_id) threads = true;
          try {
            const heard = listedOf(message, chatId, this.#known());
            if (heard) taken.push(this.#hearing.deliver(heard));
          } catch {
            understood = false;
          }
        }
        await Promise.all(taken);
      });
      return read && understood && !threads;
    } catch (error) {
      if (error instanceof FeishuError && error.code !== undefined && gone.has(error.code)) return true;
      throw error;
    }
  }
}

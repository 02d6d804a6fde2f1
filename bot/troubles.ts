/** What is wrong with the platforms of this program now: in the log, on the terminal, on the page, and to the operator. */
import type { Notice } from '../adapters/adapter.ts';
import type { Log } from './log.ts';
import { type Platform, whyNot } from './platform.ts';

export class Troubles {
  readonly #log: Log;
  readonly #say: (line: string) => void;
  readonly #now = new Map<string, string>();

  constructor(log: Log, say: (line: string) => void) {
    this.#log = log;
    this.#say = say;
  }

  /** A sentence for each platform that does not work, for the page. */
  now(): readonly string[] {
    return [...this.#now.values()];
  }

  /** A platform could not be started, while another one may work. The same fault is said once. */
  failed(platform: Platform, fault: unknown): void {
    this.#log.error({ platform: platform.name, err: fault }, 'a platform could not start and is tried again');
    const text = `${whyNot(platform, fault)}其他平台照常，过几分钟自动再试；改了 .env 要重新启动联青。`;
    this.#set(platform.name, text);
    platform.tell({ what: 'no-start', text, weight: 'urgent' });
  }

  /** A platform works. */
  over(platform: Platform): void {
    if (this.#now.delete(platform.name))
      platform.tell({ what: 'started', text: `${platform.name}启动好了。`, weight: 'over' });
  }

  /** What an adapter tells of itself: out of reach, or back. */
  heard(name: string, { text, weight }: Notice): void {
    if (weight === 'over') {
      if (this.#now.delete(name)) this.#say(text);
    } else this.#set(name, text);
  }

  #set(name: string, text: string): void {
    if (this.#now.get(name) === text) return;
    this.#now.set(name, text);
    this.#say(text);
  }
}

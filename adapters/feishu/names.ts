import type { Sender } from '../adapter.ts';
import type { Api } from './api.ts';
import { faultOf } from './errors.ts';
import type { Log } from './options.ts';
import { Recent } from './recent.ts';
import { within } from './within.ts';

/** The newest half stays for certain: the members of a thousand groups, and the groups. */
const peopleKept = 240_000;
const groupsKept = 10_000;

/**
 * Names of people and groups, which events do not tell: read from the member list of a group when somebody unknown
 * speaks in it, in the background and not often. A message never waits for a name.
 */
export class Names {
  readonly #api: Api;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #keepMs: number;
  readonly #pauseMs: number;
  readonly #waitMs: number;
  readonly #people = new Recent<string, string>(peopleKept);
  readonly #groups = new Recent<string, string>(groupsKept);
  /** When a group's list, and its name, was last asked for. */
  readonly #asked = new Recent<string, number>(groupsKept);
  readonly #askedName = new Recent<string, number>(groupsKept);
  readonly #reading = new Set<string>();

  /** A list is good for `keepMs`, and is asked for at most once in `pauseMs`; a group's name is waited for `waitMs`. */
  constructor(parts: {
    api: Api;
    now: () => number;
    log: Log;
    keepMs: number;
    pauseMs: number;
    waitMs: number;
  }) {
    this.#api = parts.api;
    this.#now = parts.now;
    this.#log = parts.log;
    this.#keepMs = parts.keepMs;
    this.#pauseMs = parts.pauseMs;
    this.#waitMs = parts.waitMs;
  }

  personName(openId: string): string | undefined {
    return this.#people.get(openId);
  }

  groupName(chatId: string): string | undefined {
    return this.#groups.get(chatId);
  }

  learnPerson({ id, name }: Sender): void {
    if (name) this.#people.set(id, name);
  }

  learnGroup(chatId: string, name: string | undefined): void {
    if (name) this.#groups.set(chatId, name);
  }

  /** The group's name, looked up where it is not known; undefined when it cannot be told in time. Never rejects. */
  async askGroup(chatId: string): Promise<string | undefined> {
    if (this.#groups.has(chatId)) return this.#groups.get(chatId);
    return within(
      this.#waitMs,
      this.#api.groupName(chatId).then(
        (name) => {
          this.learnGroup(chatId, name);
          return name;
        },
        (error: unknown) => {
          this.#log.warn({ fault: faultOf(error) }, 'feishu: the name of a group could not be read');
          return undefined;
        },
      ),
    );
  }

  /** Somebody spoke in a group: reads its list when they are unknown, or when the list is old, and its name if need be. */
  spoke(chatId: string, openId: string): void {
    if (!this.#groups.has(chatId) && this.#age(this.#askedName, chatId) > this.#pauseMs) {
      this.#askedName.set(chatId, this.#now());
      void this.askGroup(chatId);
    }
    const age = this.#age(this.#asked, chatId);
    const wanted = this.#people.has(openId) ? age > this.#keepMs : age > this.#pauseMs;
    if (!wanted || this.#reading.has(chatId)) return;
    void this.members(chatId).catch((error: unknown) => {
      this.#log.warn({ fault: faultOf(error) }, 'feishu: members of a group could not be read');
    });
  }

  #age(asked: Recent<string, number>, chatId: string): number {
    return this.#now() - (asked.get(chatId) ?? Number.NEGATIVE_INFINITY);
  }

  /** The present members of a group; throws {@link FeishuError}. */
  async members(chatId: string): Promise<readonly Sender[]> {
    this.#asked.set(chatId, this.#now());
    this.#reading.add(chatId);
    try {
      const members = await this.#api.members(chatId);
      for (const member of members) this.learnPerson(member);
      return members;
    } finally {
      this.#reading.delete(chatId);
    }
  }
}

import type { Sender } from '../adapter.ts';
import { Recent } from '../recent.ts';
import type { Api } from './api.ts';
import { faultOf } from './errors.ts';
import type { Log } from './options.ts';
import { within } from './within.ts';

/** The newest half stays for certain: the members of a thousand groups, and the groups. */
const peopleKept = 240_000;
const groupsKept = 20_000;

/** A group: what it is called, and when its list, and its name, was last asked for. */
interface Group {
  name: string | undefined;
  listAskedAt: number;
  nameAskedAt: number;
}

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
  readonly #groups = new Recent<string, Group>(groupsKept);
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
    return this.#groups.get(chatId)?.name;
  }

  learnPerson({ id, name }: Sender): void {
    if (name) this.#people.set(id, name);
  }

  learnGroup(chatId: string, name: string | undefined): void {
    if (name) this.#group(chatId).name = name;
  }

  #group(chatId: string): Group {
    let group = this.#groups.get(chatId);
    if (!group) {
      group = {
        name: undefined,
        listAskedAt: Number.NEGATIVE_INFINITY,
        nameAskedAt: Number.NEGATIVE_INFINITY,
      };
      this.#groups.set(chatId, group);
    }
    return group;
  }

  /** The group's name, looked up where it is not known; undefined when it cannot be told in time. Never rejects. */
  async askGroup(chatId: string): Promise<string | undefined> {
    const known = this.groupName(chatId);
    if (known !== undefined) return known;
    return within(
      this.#waitMs,
      this.#api.group(chatId).then(
        ({ name }) => {
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

  /**
   * Somebody, whose name is known or not, spoke in a group: reads its list when they are unknown, or when the list is
   * old, and its name if need be.
   */
  spoke(chatId: string, { name }: Sender): void {
    const group = this.#group(chatId);
    const now = this.#now();
    if (group.name === undefined && now - group.nameAskedAt > this.#pauseMs) {
      group.nameAskedAt = now;
      void this.askGroup(chatId);
    }
    const age = now - group.listAskedAt;
    const wanted = name === undefined ? age > this.#pauseMs : age > this.#keepMs;
    if (!wanted || this.#reading.has(chatId)) return;
    void this.members(chatId).catch((error: unknown) => {
      this.#log.warn({ fault: faultOf(error) }, 'feishu: members of a group could not be read');
    });
  }

  /** Who owns a group; undefined where Feishu does not tell (a bot does), or cannot be asked now. Never rejects. */
  async owner(chatId: string): Promise<string | undefined> {
    try {
      return (await this.#api.group(chatId)).owner;
    } catch (error) {
      this.#log.warn({ fault: faultOf(error) }, 'feishu: the owner of a group could not be read');
      return undefined;
    }
  }

  /** The present members of a group; throws {@link FeishuError}. */
  async members(chatId: string): Promise<readonly Sender[]> {
    this.#group(chatId).listAskedAt = this.#now();
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

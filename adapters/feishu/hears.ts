import type { Sink } from '../adapter.ts';
import type { Api } from './api.ts';
import { FeishuError, faultOf, isScopeMissing } from './errors.ts';
import type { Log } from './options.ts';

const dayMs = 86_400_000;
const beijingMs = 8 * 3_600_000;

/** One of these lets the bot hear what does not mention it. */
const groupScopes = ['im:message.group_msg', 'im:message.group_msg:readonly'];

/**
 * Whether the bot hears every message of its groups or only those that mention it, as far as Feishu tells: by the
 * granted scopes, else by whether a group's history is refused for want of a scope.
 */
export class Hears {
  readonly #api: Api;
  readonly #appId: string;
  readonly #now: () => number;
  readonly #log: Log;
  #state: 'all' | 'mentions' | undefined;
  #told: number | undefined;

  constructor(parts: { api: Api; appId: string; now: () => number; log: Log }) {
    this.#api = parts.api;
    this.#appId = parts.appId;
    this.#now = parts.now;
    this.#log = parts.log;
  }

  /** Undefined until it could be found out. */
  get state(): 'all' | 'mentions' | undefined {
    return this.#state;
  }

  /** Looks again; what cannot be found out stays as it was. Never rejects. */
  async look(): Promise<void> {
    try {
      const found = await this.#look();
      if (found === 'mentions' && this.#state !== 'mentions') {
        this.#log.error(
          { scope: groupScopes[0] },
          'feishu: the app hears only messages that mention it: 请在“权限管理”开通 im:message.group_msg（获取群组中所有消息），再发布新版本',
        );
      }
      this.#state = found;
    } catch (error) {
      this.#log.warn({ fault: faultOf(error) }, 'feishu: what the app may hear could not be found out');
    }
  }

  /** Tells the bot that it is deaf, once a day (Asia/Shanghai). A rejection is logged; the next call tells it again. */
  async tell(sink: Sink): Promise<void> {
    const at = this.#now();
    const day = Math.floor((at + beijingMs) / dayMs);
    if (this.#state !== 'mentions' || this.#told === day) return;
    try {
      await sink({ type: 'deaf', id: `deaf/${this.#appId}/${day}`, at });
      this.#told = day;
    } catch (error) {
      this.#log.warn({ fault: faultOf(error) }, 'feishu: deafness not taken');
    }
  }

  async #look(): Promise<'all' | 'mentions'> {
    try {
      const granted = await this.#api.scopes();
      if (granted.size > 0) return groupScopes.some((scope) => granted.has(scope)) ? 'all' : 'mentions';
    } catch (error) {
      if (!(error instanceof FeishuError) || error.outcome !== 'refused') throw error;
    }
    const [group] = await this.#api.groups();
    if (!group) return 'all';
    try {
      const now = this.#now();
      await this.#api.history(group.id, now - 1_000, now, async () => undefined);
      return 'all';
    } catch (error) {
      if (error instanceof FeishuError && isScopeMissing(error.code)) return 'mentions';
      throw error;
    }
  }
}

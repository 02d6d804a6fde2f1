import { randomBytes } from 'node:crypto';
import { ApiError } from './faults.ts';

/** Every scope that 联青's app asks for. */
export const allScopes = [
  'im:message',
  'im:message:send_as_bot',
  'im:message:update',
  'im:message:recall',
  'im:message:readonly',
  'im:message.group_msg',
  'im:message.group_at_msg:readonly',
  'im:message.p2p_msg:readonly',
  'im:message.reactions:read',
  'im:resource',
  'im:chat',
  'im:chat:read',
  'im:chat:readonly',
  'im:chat.members:read',
  'im:chat.members:bot_access',
  'contact:user.base:readonly',
  'contact:contact.base:readonly',
  'contact:user.basic_profile:readonly',
  'application:application:self_manage',
] as const;

/** Every event and callback that the stand-in pushes. */
const allEvents = [
  'im.message.receive_v1',
  'im.message.recalled_v1',
  'im.message.reaction.created_v1',
  'im.message.reaction.deleted_v1',
  'im.chat.member.user.added_v1',
  'im.chat.member.user.deleted_v1',
  'im.chat.member.user.withdrawn_v1',
  'im.chat.member.bot.added_v1',
  'im.chat.member.bot.deleted_v1',
  'im.chat.updated_v1',
  'im.chat.disbanded_v1',
  'card.action.trigger',
] as const;

/** The app as its owner set it up in the console. */
export class App {
  readonly appId: string;
  readonly appSecret: string;
  readonly tenantKey = randomBytes(8).toString('hex');
  readonly botOpenId: string;
  name: string;
  encryptKey: string;
  verificationToken: string;
  readonly scopes: Set<string>;
  readonly events: Set<string>;
  /** The bot ability is on and the version is published. */
  botEnabled = true;
  /** What the bot's information says; it is told though the bot is not enabled. */
  activated = true;
  /** How events and callbacks are subscribed to. */
  eventWay: 'websocket' | 'webhook' = 'websocket';
  callbackWay: 'websocket' | 'webhook' = 'websocket';
  /** Seconds that a new token lives. */
  tokenSeconds = 7200;
  #tokens: { readonly value: string; readonly until: number }[] = [];

  constructor(options: {
    readonly appId?: string;
    readonly appSecret?: string;
    readonly name?: string;
    readonly scopes?: readonly string[];
    readonly events?: readonly string[];
    readonly encryptKey?: string;
    readonly verificationToken?: string;
  }) {
    this.appId = options.appId ?? `cli_${randomBytes(8).toString('hex')}`;
    this.appSecret = options.appSecret ?? randomBytes(16).toString('hex');
    this.botOpenId = `ou_${randomBytes(16).toString('hex')}`;
    this.name = options.name ?? '联青';
    this.encryptKey = options.encryptKey ?? randomBytes(16).toString('hex');
    this.verificationToken = options.verificationToken ?? randomBytes(16).toString('hex');
    this.scopes = new Set(options.scopes ?? allScopes);
    this.events = new Set(options.events ?? allEvents);
  }

  /** Throws code 99991672 unless one of the scopes is granted. */
  need(...anyOf: readonly string[]): void {
    if (anyOf.some((scope) => this.scopes.has(scope))) return;
    throw new ApiError(
      99991672,
      `Access denied. One of the following scopes is required: [${anyOf.join(', ')}].应用尚未开通所需的应用身份权限：[${anyOf.join(', ')}]，点击链接申请并开通任一权限即可：https://open.feishu.cn/app/${this.appId}/auth?q=${anyOf.join(',')}`,
    );
  }

  /** The token of now: the same one until less than 30 minutes of it are left. `at` in milliseconds. */
  token(at: number): { readonly value: string; readonly seconds: number } {
    this.#tokens = this.#tokens.filter((token) => token.until > at);
    let last = this.#tokens.at(-1);
    if (!last || (last.until - at < 1_800_000 && last.until - at < (this.tokenSeconds * 1000) / 4)) {
      last = { value: `t-${randomBytes(20).toString('hex')}`, until: at + this.tokenSeconds * 1000 };
      this.#tokens.push(last);
    }
    return { value: last.value, seconds: Math.floor((last.until - at) / 1000) };
  }

  /** Throws unless the header carries a living token. */
  authorize(header: string | undefined, at: number): void {
    if (header === undefined) throw new ApiError(99991661);
    const value = header.replace(/^Bearer /, '');
    if (!this.#tokens.some((token) => token.value === value && token.until > at))
      throw new ApiError(99991663);
  }

  /** All tokens given out so far are worth nothing: calls answer 99991663 until a new one is fetched. */
  revokeTokens(): void {
    this.#tokens = [];
  }
}

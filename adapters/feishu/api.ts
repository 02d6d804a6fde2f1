import type { Sender } from '../adapter.ts';
import {
  appAnswer,
  botAnswer,
  chatAnswer,
  chatsAnswer,
  type ListedMessage,
  listedMessage,
  membersAnswer,
  messagesAnswer,
  scopesAnswer,
} from './answers.ts';
import type { Calls } from './calls.ts';

type Way = 'websocket' | 'webhook';

/** What the app subscribed to, and the ways in which it gets events and callbacks, where Feishu tells. */
export interface Subscriptions {
  readonly events: ReadonlySet<string>;
  readonly way: Way | undefined;
  readonly callbackWay: Way | undefined;
}

/** Pages read of one list: a group has at most some thousand members, a gap some thousand messages. */
const mostPages = 200;

/** What the adapter asks of Feishu's API. All throw {@link FeishuError}. */
export class Api {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The picture or file of a message, at most so many bytes. */
  resource(messageId: string, key: string, type: 'image' | 'file', atMost: number): Promise<Uint8Array> {
    return this.#calls.resource(messageId, key, type, atMost);
  }

  /** Fetches a token, or tells why there is none. */
  async authorize(): Promise<void> {
    await this.#calls.token();
  }

  /** The bot's own id and name. */
  async bot(): Promise<{
    readonly openId: string;
    readonly name: string | undefined;
    readonly active: boolean;
  }> {
    const { bot } = await this.#calls.call({
      what: 'bot info',
      method: 'GET',
      path: '/open-apis/bot/v3/info',
      answer: botAnswer,
      bare: true,
    });
    // 2 is “enabled”; an answer without the field tells nothing against it.
    return { openId: bot.open_id, name: bot.app_name, active: (bot.activate_status ?? 2) === 2 };
  }

  /** The scopes that the tenant granted. Needs no scope itself. */
  async scopes(): Promise<ReadonlySet<string>> {
    const { scopes } = await this.#calls.call({
      what: 'scopes',
      method: 'GET',
      path: '/open-apis/application/v6/scopes',
      answer: scopesAnswer,
    });
    return new Set((scopes ?? []).filter((s) => s.grant_status === 1).map((s) => s.scope_name));
  }

  /** The events and callbacks that the app subscribed to. Needs a scope of its own. */
  async subscriptions(appId: string): Promise<Subscriptions> {
    const { app } = await this.#calls.call({
      what: 'app info',
      method: 'GET',
      path: `/open-apis/application/v6/applications/${encodeURIComponent(appId)}`,
      params: { lang: 'zh_cn' },
      answer: appAnswer,
    });
    const way = (type: string | undefined): Way | undefined =>
      type === 'websocket' || type === 'webhook' ? type : undefined;
    return {
      events: new Set([
        ...(app.event?.subscribed_events ?? []),
        ...(app.callback_info?.subscribed_callbacks ?? []),
      ]),
      way: way(app.event?.subscription_type),
      callbackWay: way(app.callback_info?.callback_type),
    };
  }

  /** The people of a group, without bots. */
  async members(chatId: string): Promise<readonly Sender[]> {
    const people = new Map<string, Sender>();
    await this.#pages(async (page) => {
      const answer = await this.#calls.call({
        what: 'members',
        method: 'GET',
        path: `/open-apis/im/v1/chats/${encodeURIComponent(chatId)}/members`,
        params: { member_id_type: 'open_id', page_size: 100, page_token: page },
        answer: membersAnswer,
      });
      for (const { member_id, name } of answer.items ?? [])
        people.set(member_id, { id: member_id, name: name ?? undefined });
      return answer;
    });
    return [...people.values()];
  }

  /** The groups that the bot is in. */
  async groups(): Promise<readonly { readonly id: string; readonly name: string | undefined }[]> {
    const groups: { id: string; name: string | undefined }[] = [];
    await this.#pages(async (page) => {
      const answer = await this.#calls.call({
        what: 'groups',
        method: 'GET',
        path: '/open-apis/im/v1/chats',
        params: { page_size: 100, page_token: page },
        answer: chatsAnswer,
      });
      for (const { chat_id, name } of answer.items ?? [])
        groups.push({ id: chat_id, name: name ?? undefined });
      return answer;
    });
    return groups;
  }

  /** A group's name, and the open_id of its owner; undefined where Feishu does not tell them. */
  async group(
    chatId: string,
  ): Promise<{ readonly name?: string | undefined; readonly owner?: string | undefined }> {
    const { name, owner_id } = await this.#calls.call({
      what: 'group info',
      method: 'GET',
      path: `/open-apis/im/v1/chats/${encodeURIComponent(chatId)}`,
      params: { user_id_type: 'open_id' },
      answer: chatAnswer,
    });
    return { name: name || undefined, owner: owner_id || undefined };
  }

  /** Who wrote a message; undefined where Feishu does not tell. */
  async senderOf(messageId: string): Promise<NonNullable<ListedMessage['sender']> | undefined> {
    const answer = await this.#calls.call({
      what: 'message look-up',
      method: 'GET',
      path: `/open-apis/im/v1/messages/${encodeURIComponent(messageId)}`,
      answer: messagesAnswer,
    });
    const parsed = listedMessage.safeParse(answer.items?.[0]);
    return parsed.success ? (parsed.data.sender ?? undefined) : undefined;
  }

  /**
   * What was said in a group between two instants (milliseconds; Feishu counts whole seconds), oldest first, given
   * page by page to `take`. False when not all of it could be read.
   */
  async history(
    chatId: string,
    from: number,
    until: number,
    take: (messages: readonly ListedMessage[]) => Promise<void>,
  ): Promise<boolean> {
    let whole = true;
    const ended = await this.#pages(async (page) => {
      const answer = await this.#calls.call({
        what: 'history',
        method: 'GET',
        path: '/open-apis/im/v1/messages',
        params: {
          container_id_type: 'chat',
          container_id: chatId,
          start_time: Math.floor(from / 1_000),
          end_time: Math.ceil(until / 1_000),
          sort_type: 'ByCreateTimeAsc',
          page_size: 50,
          page_token: page,
        },
        answer: messagesAnswer,
      });
      const messages = (answer.items ?? []).map((item) => listedMessage.safeParse(item));
      if (messages.some((message) => !message.success)) whole = false;
      await take(messages.flatMap((message) => (message.success ? [message.data] : [])));
      return answer;
    });
    return whole && ended;
  }

  /** Reads pages until the last; false when there were too many. */
  async #pages(
    read: (
      page: string | undefined,
    ) => Promise<{ has_more?: boolean | null | undefined; page_token?: string | null | undefined }>,
  ): Promise<boolean> {
    let page: string | undefined;
    for (let pages = 0; pages < mostPages; pages++) {
      const answer = await read(page);
      if (!answer.has_more || !answer.page_token || answer.page_token === page)
        return answer.has_more !== true;
      page = answer.page_token;
    }
    return false;
  }
}

import { idsOf } from './events.ts';
import type { Happening, Tenant } from './tenant.ts';
import type { ChatRecord, Message, User } from './world.ts';

const memberScopes = ['im:chat.members:read', 'im:chat', 'im:chat:readonly'];
const botScopes = ['im:chat.members:bot_access', 'im:chat', 'im:chat:readonly'];
const chatScopes = ['im:chat:read', 'im:chat', 'im:chat:readonly'];

/** A group, and what can be done to it in Feishu's client. */
export class Group {
  readonly chatId: string;
  readonly #tenant: Tenant;
  readonly #chat: ChatRecord;

  constructor(tenant: Tenant, chat: ChatRecord) {
    this.#tenant = tenant;
    this.#chat = chat;
    this.chatId = chat.chatId;
  }

  get name(): string {
    return this.#chat.name;
  }

  get members(): readonly string[] {
    return [...this.#chat.members];
  }

  /** All messages, the bot's too. */
  get messages(): readonly Message[] {
    return this.#chat.messages;
  }

  #operator(by: string | undefined): User {
    const id = by ?? this.#chat.members.values().next().value ?? 'ou_owner';
    return this.#tenant.world.user(id);
  }

  /** Puts people into the group without an event: how it was before the story begins. */
  with(...openIds: readonly string[]): this {
    for (const id of openIds) {
      this.#tenant.world.user(id);
      this.#chat.members.add(id);
    }
    return this;
  }

  /** People come in. */
  add(openIds: readonly string[], by?: string): Happening {
    this.with(...openIds);
    return this.#membersEvent('im.chat.member.user.added_v1', openIds, by);
  }

  /** People leave or are taken out. */
  remove(openIds: readonly string[], by?: string): Happening {
    for (const id of openIds) this.#chat.members.delete(id);
    return this.#membersEvent('im.chat.member.user.deleted_v1', openIds, by);
  }

  #membersEvent(type: string, openIds: readonly string[], by: string | undefined): Happening {
    if (!this.#chat.botIn) return this.#tenant.untold(type);
    const tenantKey = this.#tenant.app.tenantKey;
    const users = openIds.map((id) => {
      const user = this.#tenant.world.user(id);
      return { name: user.name, tenant_key: tenantKey, user_id: idsOf(user) };
    });
    return this.#tenant.tellOfChat(type, this.#chat, this.#operator(by), memberScopes, { users });
  }

  /** The bot is added. The event's `name` is the bot's, not the group's. */
  addBot(by?: string): Happening {
    this.#chat.botIn = true;
    return this.#botEvent('im.chat.member.bot.added_v1', by);
  }

  /** The bot is taken out. */
  removeBot(by?: string): Happening {
    this.#chat.botIn = false;
    return this.#botEvent('im.chat.member.bot.deleted_v1', by);
  }

  #botEvent(type: string, by: string | undefined): Happening {
    const { name } = this.#tenant.app;
    return this.#tenant.tellOfChat(type, this.#chat, this.#operator(by), botScopes, {
      name,
      i18n_names: { zh_cn: name, en_us: '', ja_jp: '' },
    });
  }

  /** The bot is not (or is) in the group, without an event. */
  botIn(present: boolean): this {
    this.#chat.botIn = present;
    return this;
  }

  /** The group gets another name. */
  rename(name: string, by?: string): Happening {
    const before = this.#chat.name;
    this.#chat.name = name;
    return this.#tenant.tellOfChat('im.chat.updated_v1', this.#chat, this.#operator(by), chatScopes, {
      before_change: { name: before },
      after_change: { name },
    });
  }

  /** Something else of the group changes: its description, its picture. */
  change(after: Record<string, unknown>, by?: string): Happening {
    return this.#tenant.tellOfChat('im.chat.updated_v1', this.#chat, this.#operator(by), chatScopes, {
      before_change: {},
      after_change: after,
    });
  }

  /** The group is disbanded. */
  disband(by?: string): Happening {
    const told = this.#tenant.tellOfChat('im.chat.disbanded_v1', this.#chat, this.#operator(by), chatScopes);
    this.#chat.disbanded = true;
    return told;
  }
}

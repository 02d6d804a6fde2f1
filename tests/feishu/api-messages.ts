import { type Call, type Context, jsonOf, pageOf, type Routes, textOf } from './call.ts';
import { checkCard } from './cards.ts';
import { ApiError } from './faults.ts';
import type { ChatRecord, Mention, Message } from './world.ts';

const textBytes = 150 * 1024;
const postBytes = 30 * 1024;
const uuidMs = 3_600_000;
const updatableMs = 14 * 24 * 3_600_000;
const sendScopes = ['im:message', 'im:message:send_as_bot', 'im:message:send'];
const readScopes = ['im:message', 'im:message:readonly'];

function parsed(content: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through: not JSON.
  }
  throw new ApiError(230001, 'Your request contains an invalid request parameter, ext=invalid content');
}

/** Refuses content that Feishu would refuse. */
function checkContent(type: string, content: string, { tenant }: Context): void {
  if (type === 'interactive') {
    checkCard(content);
    return;
  }
  const value = parsed(content);
  const bytes = Buffer.byteLength(content);
  if (type === 'text') {
    if (bytes > textBytes) throw new ApiError(230025);
    if (typeof value.text !== 'string' || value.text === '') {
      throw new ApiError(230001, 'Your request contains an invalid request parameter, ext=text is empty');
    }
  } else if (type === 'post') {
    if (bytes > postBytes) throw new ApiError(230025);
  } else if (type === 'image' || type === 'file') {
    const stored = tenant.world.files.get(String(value[`${type}_key`]));
    if (stored?.kind !== type) throw new ApiError(230001, `invalid ${type}_key`);
  } else {
    throw new ApiError(230001, `this stand-in sends no ${type}`);
  }
}

function mentionsIn(content: string, { tenant }: Context): Mention[] {
  const ids = [...content.matchAll(/<at user_id=\\?"([^"\\]+)\\?">/g)].map((found) => found[1] ?? '');
  return ids
    .filter((id) => id !== 'all')
    .map((id, i) => ({ key: `@_user_${i + 1}`, openId: id, name: tenant.world.users.get(id)?.name ?? '' }));
}

function mustBeIn(chat: ChatRecord | undefined): asserts chat is ChatRecord {
  if (!chat) throw new ApiError(230001, 'invalid receive_id');
  if (!chat.botIn || chat.disbanded) throw new ApiError(230002);
}

/** The message of an API answer, as `get` and `list` show it. */
function shown(message: Message, { tenant }: Context): Record<string, unknown> {
  const { app } = tenant;
  const byApp = message.sender.type === 'app';
  return {
    message_id: message.messageId,
    ...(message.rootId === undefined ? {} : { root_id: message.rootId, parent_id: message.parentId }),
    msg_type: message.type,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: message.deleted,
    updated: message.updates > 0,
    chat_id: message.chatId,
    sender: {
      id: message.sender.id,
      id_type: byApp ? 'app_id' : 'open_id',
      sender_type: message.sender.type,
      tenant_key: app.tenantKey,
    },
    body: { content: message.deleted ? 'This message was recalled' : message.content },
    ...(message.mentions.length === 0
      ? {}
      : {
          mentions: message.mentions.map(({ key, openId, name }) => ({
            key,
            id: openId,
            id_type: 'open_id',
            name,
            tenant_key: app.tenantKey,
          })),
        }),
  };
}

function found(call: Call, { tenant }: Context): Message {
  const message = tenant.world.messages.get(call.params.message_id ?? '');
  if (!message)
    throw new ApiError(230001, 'Your request contains an invalid request parameter, ext=message not found');
  return message;
}

function send(call: Call, context: Context, chat: ChatRecord, quoted?: Message) {
  const { tenant, limits } = context;
  const body = jsonOf(call);
  const type = textOf(body, 'msg_type');
  const content = textOf(body, 'content');
  const uuid = body.uuid === undefined ? undefined : textOf(body, 'uuid', 50);
  limits.perTarget(chat.chatId);
  const earlier = uuid === undefined ? undefined : tenant.world.byUuid(chat.chatId, uuid);
  if (earlier && tenant.clock() - earlier.createdAt < uuidMs) return { data: shown(earlier, context) };
  mustBeIn(chat);
  if (quoted?.deleted) throw new ApiError(230011);
  checkContent(type, content, context);
  const message = tenant.draft(chat, { id: tenant.app.appId, type: 'app' }, type, content, {
    uuid,
    mentions: mentionsIn(content, context),
    ...(quoted ? { parentId: quoted.messageId, rootId: quoted.rootId ?? quoted.messageId } : {}),
  });
  tenant.world.addMessage(message);
  return { data: shown(message, context) };
}

function update(call: Call, context: Context, allowed: readonly string[]) {
  const { tenant, limits } = context;
  tenant.app.need('im:message', 'im:message:send_as_bot', 'im:message:update');
  const message = found(call, context);
  limits.perTarget(message.messageId);
  const content = textOf(jsonOf(call), 'content');
  if (message.deleted) throw new ApiError(230011);
  mustBeIn(tenant.world.chats.get(message.chatId));
  if (message.sender.id !== tenant.app.appId || !allowed.includes(message.type)) {
    throw new ApiError(230001, 'Your request contains an invalid request parameter, ext=not updatable');
  }
  if (tenant.clock() - message.createdAt > updatableMs) {
    throw new ApiError(230031, 'The message is too old to be updated.');
  }
  checkContent(message.type, content, context);
  message.content = content;
  message.updatedAt = tenant.clock();
  message.updates += 1;
  return { data: {} };
}

/** Sending, answering, changing, reading and withdrawing messages. */
export const messageRoutes: Routes = {
  'POST /open-apis/im/v1/messages': (call, context) => {
    const { tenant } = context;
    tenant.app.need(...sendScopes);
    const id = textOf(jsonOf(call), 'receive_id');
    const idType = call.query.get('receive_id_type') ?? 'open_id';
    if (idType === 'chat_id') {
      const chat = tenant.world.chats.get(id);
      mustBeIn(chat);
      return send(call, context, chat);
    }
    const user = tenant.world.findUser(id, idType);
    if (!user) throw new ApiError(230013);
    return send(call, context, tenant.world.privateChat(user.openId));
  },
  'POST /open-apis/im/v1/messages/:message_id/reply': (call, context) => {
    context.tenant.app.need(...sendScopes);
    const quoted = found(call, context);
    const chat = context.tenant.world.chats.get(quoted.chatId);
    mustBeIn(chat);
    return send(call, context, chat, quoted);
  },
  'PATCH /open-apis/im/v1/messages/:message_id': (call, context) => update(call, context, ['interactive']),
  'PUT /open-apis/im/v1/messages/:message_id': (call, context) => update(call, context, ['text', 'post']),
  'DELETE /open-apis/im/v1/messages/:message_id': (call, context) => {
    context.tenant.app.need('im:message', 'im:message:send_as_bot', 'im:message:recall');
    const message = found(call, context);
    if (message.sender.id !== context.tenant.app.appId)
      throw new ApiError(230026, 'No permission to recall this message.');
    if (message.deleted) throw new ApiError(230011);
    message.deleted = true;
    return { data: {} };
  },
  'GET /open-apis/im/v1/messages/:message_id': (call, context) => {
    context.tenant.app.need(...readScopes);
    const message = found(call, context);
    mustBeIn(context.tenant.world.chats.get(message.chatId));
    const inside = (message.forwarded ?? []).map((each) => ({
      ...shown(each, context),
      upper_message_id: message.messageId,
    }));
    return { data: { items: [shown(message, context), ...inside] } };
  },
  'GET /open-apis/im/v1/messages': (call, context) => {
    const { tenant } = context;
    tenant.app.need(...readScopes);
    const { query } = call;
    if (query.get('container_id_type') !== 'chat') throw new ApiError(230001, 'invalid container_id_type');
    const chat = tenant.world.chats.get(query.get('container_id') ?? '');
    mustBeIn(chat);
    // The history of a group takes the same sensitive scope as hearing all of it.
    if (chat.kind === 'group' && !tenant.app.scopes.has('im:message.group_msg')) throw new ApiError(230027);
    const from = Number(query.get('start_time') ?? 0) * 1000;
    const until = Number(query.get('end_time') ?? Number.POSITIVE_INFINITY) * 1000;
    const list = chat.messages.filter(({ createdAt }) => createdAt >= from && createdAt < until + 1000);
    if (query.get('sort_type') === 'ByCreateTimeDesc') list.reverse();
    const { items, ...page } = pageOf(list, query, 20, 50);
    return { data: { ...page, items: items.map((message) => shown(message, context)) } };
  },
};

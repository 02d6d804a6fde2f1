import { type Call, type Context, pageOf, type Routes } from './call.ts';
import { ApiError } from './faults.ts';
import type { ChatRecord } from './world.ts';

const chatScopes = ['im:chat', 'im:chat:readonly', 'im:chat:read', 'im:chat.group_info:readonly'];
const memberScopes = ['im:chat', 'im:chat:readonly', 'im:chat.members:read', 'im:chat.group_info:readonly'];

function found(call: Call, { tenant }: Context): ChatRecord {
  const chat = tenant.world.chats.get(call.params.chat_id ?? '');
  if (!chat) throw new ApiError(232006);
  return chat;
}

function owner(chat: ChatRecord): Record<string, string> {
  const [first] = chat.members;
  return first === undefined ? {} : { owner_id: first, owner_id_type: 'open_id' };
}

/** Groups and their members. The bot must be in a group to see into it; bots are not among the members. */
export const chatRoutes: Routes = {
  'GET /open-apis/im/v1/chats': (call, { tenant }) => {
    tenant.app.need(...chatScopes);
    const groups = [...tenant.world.chats.values()].filter(
      (chat) => chat.kind === 'group' && chat.botIn && !chat.disbanded,
    );
    const { items, ...page } = pageOf(groups, call.query, 20, 100);
    return {
      data: {
        ...page,
        items: items.map((chat) => ({
          chat_id: chat.chatId,
          avatar: '',
          name: chat.name,
          description: '',
          ...owner(chat),
          external: false,
          tenant_key: tenant.app.tenantKey,
          chat_status: 'normal',
        })),
      },
    };
  },
  'GET /open-apis/im/v1/chats/:chat_id': (call, context) => {
    const { app } = context.tenant;
    app.need(...chatScopes);
    const chat = found(call, context);
    if (chat.disbanded) throw new ApiError(232009);
    return {
      data: {
        avatar: '',
        name: chat.name,
        description: '',
        ...(chat.botIn ? owner(chat) : {}),
        chat_mode: chat.kind === 'group' ? 'group' : 'p2p',
        chat_type: 'private',
        chat_tag: 'inner',
        external: false,
        tenant_key: app.tenantKey,
        user_count: String(chat.members.size),
        bot_count: chat.botIn ? '1' : '0',
        chat_status: 'normal',
      },
    };
  },
  'GET /open-apis/im/v1/chats/:chat_id/members': (call, context) => {
    const { app, world } = context.tenant;
    app.need(...memberScopes);
    const chat = found(call, context);
    if (chat.disbanded) throw new ApiError(232009);
    if (!chat.botIn) throw new ApiError(232011);
    const idType = call.query.get('member_id_type') ?? 'open_id';
    const { items, ...page } = pageOf([...chat.members], call.query, 20, 100);
    return {
      data: {
        ...page,
        member_total: chat.members.size,
        items: items.map((openId) => {
          const user = world.user(openId);
          return {
            member_id_type: idType,
            member_id:
              idType === 'union_id' ? user.unionId : idType === 'user_id' ? user.userId : user.openId,
            name: user.name,
            tenant_key: app.tenantKey,
          };
        }),
      },
    };
  },
  'GET /open-apis/im/v1/chats/:chat_id/members/is_in_chat': (call, context) => ({
    data: { is_in_chat: found(call, context).botIn },
  }),
};

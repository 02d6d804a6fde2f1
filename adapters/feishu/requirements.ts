/** What the app needs at Feishu, and why, in Chinese: for `lianqing feishu check` and docs/feishu.md. */

export interface Requirement {
  /** One of these is enough; the first is the one to ask for. */
  readonly scopes: readonly [string, ...string[]];
  readonly title: string;
  readonly why: string;
}

export const requiredScopes: readonly Requirement[] = [
  {
    scopes: ['im:message:send_as_bot', 'im:message'],
    title: '以应用的身份发消息',
    why: '联青要回话、发卡片、发图片',
  },
  {
    scopes: ['im:message.group_msg', 'im:message.group_msg:readonly'],
    title: '获取群组中所有消息（敏感权限）',
    why: '“有声音、有互动”要听到群里平常的聊天才数得出来；联青只记半小时里有没有人说话，不存内容',
  },
  {
    scopes: ['im:message.group_at_msg:readonly', 'im:message.group_at_msg'],
    title: '接收群聊中@机器人消息事件',
    why: '听到 @联青 的命令',
  },
  {
    scopes: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
    title: '读取用户发给机器人的单聊消息',
    why: '团干部私下绑定、看进度，青年私下提诉求',
  },
  {
    scopes: ['im:message:readonly', 'im:message'],
    title: '获取单聊、群组消息',
    why: '断线以后补上漏听的消息；看一条回复回的是谁',
  },
  {
    scopes: ['im:resource', 'im:resource:upload'],
    title: '获取与上传图片或文件资源',
    why: '发进度图、名单和报告文件',
  },
  {
    scopes: ['im:chat:readonly', 'im:chat:read', 'im:chat'],
    title: '获取群组信息',
    why: '知道联青在哪些群、群叫什么名字、群主是谁、群改名或解散',
  },
  {
    scopes: ['im:chat.members:read', 'im:chat:readonly', 'im:chat'],
    title: '查看群成员',
    why: '知道群里有谁、谁进群谁退群，人数才对得上',
  },
  {
    scopes: ['im:chat.members:bot_access', 'im:chat:readonly', 'im:chat'],
    title: '订阅机器人进、出群事件',
    why: '一进群就自我介绍，说明怎样绑定',
  },
];

/** Lets `check` see the subscribed events; nothing else depends on it. */
export const selfScope = 'application:application:self_manage';

export const requiredEvents: readonly { readonly type: string; readonly title: string }[] = [
  { type: 'im.message.receive_v1', title: '接收消息' },
  { type: 'im.chat.member.user.added_v1', title: '用户进群' },
  { type: 'im.chat.member.user.deleted_v1', title: '用户出群' },
  { type: 'im.chat.member.bot.added_v1', title: '机器人进群' },
  { type: 'im.chat.member.bot.deleted_v1', title: '机器人被移出群' },
  { type: 'im.chat.updated_v1', title: '群配置修改' },
  { type: 'im.chat.disbanded_v1', title: '群解散' },
];

export const requiredCallback = { type: 'card.action.trigger', title: '卡片回传交互' } as const;

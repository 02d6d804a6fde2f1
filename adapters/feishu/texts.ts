/** Chinese prose of the Feishu adapter; what Feishu's codes mean stands in `explanations.ts`. */
export const texts = {
  toast: '收到，正在办',
  everyone: '所有人',
  cutShort: '……（内容太长，后面的没有显示）',
  formRest: '请选择',
  typeOne: (one: string) => `写上面的一项，例如：${one}`,

  appIdBad:
    '飞书的 App ID 应该是 cli_ 加 16 位字母数字，例如 cli_a1b2c3d4e5f60718。请到开发者后台“凭证与基础信息”复制。',
  appSecretMissing: '还没有填飞书的 App Secret。请到开发者后台“凭证与基础信息”复制。',
  domainBad: '飞书的地址不对，应该像 https://open.feishu.cn（国际版 https://open.larksuite.com）。',
  webhookKeysMissing:
    '用“发送到开发者服务器”方式时，要同时填 Encrypt Key 和 Verification Token。请到“事件与回调 - 加密策略”复制。',
  portTaken: (port: number) =>
    `端口 ${port} 已被别的程序占用，飞书的事件收不到。请换一个端口，或关掉占用它的程序。`,
  portRefused: (port: number) => `端口 ${port} 打不开（没有权限或不可用）。请换一个 1024 以上的端口。`,
  unreachable: '连不上飞书。请检查这台机器能否上网，飞书地址和代理设置对不对。',
  offline: '连不上飞书，正在自动重试；请检查这台机器能不能上网，飞书地址和代理设置对不对。',
  again: '飞书连上了。',
  badAnswer: '飞书的回答看不懂。请检查飞书地址对不对，中间有没有网关改了内容。',
  stopped: '联青正在停止，这一步没有做。',
  tooLarge: (megabytes: number) => `文件太大了，飞书最多收 ${megabytes} MB。`,
} as const;

/** How Feishu's console calls the ways of getting events and callbacks. */
const ways = {
  event: { websocket: '“使用长连接接收事件”', webhook: '“将事件发送至开发者服务器”' },
  callback: { websocket: '“使用长连接接收回调”', webhook: '“将回调发送至开发者服务器”' },
} as const;

/** Chinese prose of `lianqing feishu check`. */
export const checkTexts = {
  settings: '设置',
  credentials: '应用凭证',
  credentialsGood: 'App ID 和 App Secret 正确',
  bot: '机器人能力',
  botGood: (name: string) => `机器人已启用${name ? `，名字是“${name}”` : ''}`,
  botInactive: '机器人还没有启用',
  publish: '请到“版本管理与发布”创建版本并发布；要审核的，请管理员在飞书管理后台通过。',
  scopes: '权限',
  scope: (title: string) => `权限：${title}`,
  granted: (scope: string) => `已开通 ${scope}`,
  notGranted: (scope: string) => `没有开通 ${scope}`,
  grant: (scope: string, why: string) =>
    `用处：${why}。请到开发者后台“权限管理”搜索 ${scope}，点“开通”，再到“版本管理与发布”创建版本并发布。`,
  scopesByHand: '查不到已开通的权限。请到开发者后台“权限管理”，照 docs/feishu.md 的表核对。',
  events: '事件与回调',
  eventsGood: '需要的事件和卡片回调都已订阅',
  eventsMissing: (list: readonly string[]) => `还没有订阅：${list.join('、')}`,
  eventsHidden: (scope: string) => `没有开通 ${scope}，看不到订阅了哪些事件（不影响使用）`,
  eventsUnknown: '查不到订阅了哪些事件',
  eventsByHand: '请到开发者后台“事件与回调”，照 docs/feishu.md 的表核对“事件配置”和“回调配置”。',
  subscribe:
    '请到开发者后台“事件与回调”，在“事件配置”里添加缺的事件，在“回调配置”里添加“卡片回传交互”，再创建版本并发布。',
  ways: {
    event: { name: '事件的订阅方式', place: '事件配置' },
    callback: { name: '回调的订阅方式', place: '回调配置' },
  },
  wayIs: (way: 'websocket' | 'webhook', of: 'event' | 'callback') => `飞书那边选的是${ways[of][way]}`,
  chooseWay: (place: string, way: 'websocket' | 'webhook', of: 'event' | 'callback') =>
    `请到“事件与回调 - ${place} - 订阅方式”改选${ways[of][way]}${way === 'webhook' ? '，填上公网地址' : ''}，保存。`,
  connection: '长连接',
  connectionGood: '连得上',
  webhook: '接收事件',
  webhookUntried: '用的是“发送到开发者服务器”，从这里试不了',
  webhookByHand:
    '请先启动 联青，再到“事件与回调”的“事件配置”和“回调配置”里保存请求地址：飞书会当场验证，通过就说明连得上。',
  noCode: '没有成功',
  code: (code: number) => `飞书返回错误 ${code}`,
} as const;

/** Chinese prose of the Feishu adapter; what Feishu's codes mean stands in `explanations.ts`. */
export const texts = {
  toast: '收到，正在办',
  everyone: '所有人',
  cutShort: '……（内容太长，后面的没有显示）',
  formRest: '请选择',
  pictureGone: '图片',

  appIdBad: '飞书的 App ID 应该是 cli_ 加 16 位字母数字，例如 cli_a1b2c3d4e5f60718。请到开发者后台“凭证与基础信息”复制。',
  appSecretMissing: '还没有填飞书的 App Secret。请到开发者后台“凭证与基础信息”复制。',
  domainBad: '飞书的地址不对，应该像 https://open.feishu.cn（国际版 https://open.larksuite.com）。',
  webhookKeysMissing:
    '用“发送到开发者服务器”方式时，要同时填 Encrypt Key 和 Verification Token。请到“事件与回调 - 加密策略”复制。',
  portTaken: (port: number) => `端口 ${port} 已被别的程序占用，飞书的事件收不到。请换一个端口，或关掉占用它的程序。`,
  portRefused: (port: number) => `端口 ${port} 打不开（没有权限或不可用）。请换一个 1024 以上的端口。`,
  unreachable: '连不上飞书。请检查这台机器能否上网，飞书地址和代理设置对不对。',
  badAnswer: '飞书的回答看不懂。请检查飞书地址对不对，中间有没有网关改了内容。',
  stopped: '联青正在停止，这一步没有做。',
  quiet: '超过一小时还没有确认发出，不再重发，免得重复。',
  tooLarge: (megabytes: number) => `文件太大了，飞书最多收 ${megabytes} MB。`,
  noDeaf: '能听到群里的所有消息',
} as const;

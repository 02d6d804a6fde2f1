/** What the operator reads, one plain sentence for each thing that can happen to the account. */
import type { Notice } from '../adapter.ts';
import type { Trouble } from './protocol.ts';

const sentences: Readonly<Record<Trouble, string>> = {
  'no-network':
    '连不上微信的服务器，正在自动重试；请检查这台机器能不能上网。连上之前群里的话听不到，会记作“没听全”。',
  'logged-out': '微信登录已经失效，请用机器人的微信重新扫码登录；登录之前群里的话听不到，会记作“没听全”。',
  'not-allowed':
    '这个微信号不能登录网页版微信。请换一个号，或换一种接入方式（WECHATY_PUPPET），也可以改用飞书。',
  'qr-expired': '二维码过期了，马上换一张新的，请扫最新的那张。',
  'session-unusable': '这次没有登录成功，马上换一张新的二维码，请再扫一次。',
  'too-often': '微信提示“操作过于频繁”，已经停发十分钟，到时自动继续。请不要在手机上用这个号大量发消息。',
  'puppet-missing': '没有装 WECHATY_PUPPET 写的那个包：请在程序文件夹里运行 npm install 装好它，再重新启动。',
  'puppet-fault': '微信的接入程序没能启动，正在自动重试；一直这样，请检查 WECHATY_PUPPET 和它的令牌。',
  killed: '微信的接入程序意外退出，已经自动重新启动；没有确认过的消息会再处理一遍。',
};

/** Codes that say more than the trouble alone. */
const byCode: Readonly<Record<string, string>> = {
  'logged-out/1100': '手机上退出了这次微信登录，请重新扫码登录；登录之前群里的话听不到，会记作“没听全”。',
  'logged-out/1101':
    '微信登录已经失效（1101：在别处登录，或被微信退出），请重新扫码登录；登录之前群里的话听不到，会记作“没听全”。',
  'not-allowed/1203':
    '这个微信号被微信限制，不能登录网页版（1203）。请不要反复扫码；换一个号，或换一种接入方式（WECHATY_PUPPET），也可以改用飞书。',
};

/** One sentence for the operator. */
export function sentenceOf(trouble: Trouble, code?: string): string {
  return byCode[`${trouble}/${code}`] ?? sentences[trouble];
}

/** Whether the operator has to do something, so that they are told wherever they are. */
export function weightOf(trouble: Trouble): Notice['weight'] {
  if (trouble === 'qr-expired' || trouble === 'session-unusable' || trouble === 'killed') return 'quiet';
  return trouble === 'no-network' ? 'passing' : 'urgent';
}

export const texts = {
  risk: [
    '⚠ 微信没有给机器人的正式接口。用这种方式登录，微信号可能被警告、限制或封禁，有的第一次扫码就会。',
    '⚠ 请优先用飞书；一定要用微信，请用一个专门的、能承受被封的号，绝不要用您自己的主号。',
  ],
  waiting: '请用机器人的微信扫这个二维码登录（手机上要点“登录”确认）：',
  scanned: '扫到了，请在手机上点“登录”。',
  online: (name: string) => `微信已登录：${name}。`,
  again: '微信登录恢复了，群里的话从现在起又听得到。',
  cancel: '取消',
  cancelled: '好的，不填了。',
  skip: '跳过',
  bareNumbers: '回复数字就行：',
  mentionedNumbers: '要回应请 @我 加数字：',
  orSend: (command: string) => `也可以发 ${command}`,
  fill: (label: string) => `${label}（我会一项一项问）`,
  fillOne: (label: string, field: string) => `${label}（数字后面加上${field}）`,
  ask: (n: number, of: number, label: string, hint: string) =>
    `（${n}/${of}）请告诉我：${label}${hint}\n不填这项发“跳过”，不想填了发“取消”。`,
  askInGroup: (n: number, of: number, label: string, hint: string) =>
    `（${n}/${of}）请 @我 告诉我：${label}${hint}\n不填这项 @我 “跳过”，不想填了 @我 “取消”。`,
  options: (options: readonly string[]) =>
    `，回复序号：${options.map((option, i) => `${i + 1} ${option}`).join('，')}`,
  picture: (alt: string) => `（图片：${alt}）`,
} as const;

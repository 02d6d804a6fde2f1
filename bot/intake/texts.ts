/** What the bot says of its own accord about itself. */
import type { Draft } from '../outbox/message.ts';

export const introduction: Draft = {
  type: 'card',
  title: '大家好，我是联青',
  text: [
    '我帮团干部做好“1+100”联系青年：收诉求、发话题、办活动、管签到。',
    '我只数人数，不保存大家的聊天内容；参不参加都随你。',
    '团干部请发 /绑定 加一次性绑定码；其他人发 /帮助 看看能做什么。',
  ].join('\n'),
  buttons: [{ label: '帮助', command: '/帮助' }],
};

export const apologyText =
  '抱歉，我这边出了点问题，刚才的话没有办成。请稍后再发一次；还不行，请告诉管理员看一下运行日志。';

export const deafText =
  '我现在只听得到 @我 的消息，群里平常的聊天听不到，所以“有声音、有互动”暂时数不出来，会记作“不确定”，不会算作“未达成”。已经告诉管理员去开通权限，您不用做什么。';

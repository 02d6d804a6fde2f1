/** 互助: what youths look for and what they can give; they find each other, the bot only asks (团中央 问答 61: lawful, within means). */
import { z } from 'zod';
import { soundsDangerous } from '../../../domain/listening/danger.ts';
import { helpDays, longestHelp } from '../../../domain/listening/help.ts';
import { leadingNumber, nothing, number, numberAndText } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { heardText } from './cry-instead.ts';
import { answerContact, askToContact, contact } from './help-contact.ts';
import { decline, finish, list, mine, post, renew, withdraw } from './help-own.ts';
import { ownActions } from './own-actions.ts';

const which = '请写互助的编号，发 /互助 列表 看得到';
const whichOwn = '请写互助的编号，发 /互助 我的 看得到';
const own = ownActions('互助', whichOwn);
const start = '开头写“求”或“供”，例如：求 四级听力资料，供 周末教打羽毛球';

/** “求 四级资料”, “供：…”. */
const wanted = heardText(start, longestHelp + 10).transform(({ text }, context) => {
  const found = /^(求|供)(?:助|给)?[\s:：,，]*(.*)$/su.exec(text);
  if (found?.[2])
    return { direction: found[1] === '求' ? ('wanted' as const) : ('offered' as const), text: found[2] };
  // A cry for help needs no form.
  if (soundsDangerous(text)) return { direction: 'wanted' as const, text };
  context.addIssue({ code: 'custom', message: start });
  return z.NEVER;
});

/** The number, and behind it who is meant, as our own buttons write it. */
const numberAndPerson = z.string().transform((typed, context) => {
  const found = leadingNumber(typed.slice(0, 60));
  const person = /^(?:#(\d{1,15}))?$/.exec(found?.rest ?? '?');
  if (found && person)
    return { number: found.number, personId: person[1] === undefined ? undefined : Number(person[1]) };
  context.addIssue({ code: 'custom', message: whichOwn });
  return z.NEVER;
});

export const helpEachOther = defineCommand({
  name: '互助',
  aliases: ['互帮互助', '找搭子'],
  summary: '小伙伴之间互相帮忙：求资料、供技能、约着一起学',
  byDefault: '列表',
  actions: [
    action({
      name: '列表',
      summary: '看看大家求什么、供什么；不写名字和电话',
      examples: ['/互助 列表', '/互助'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: list,
    }),
    action({
      name: '',
      summary: `开头写“求”或“供”，列表里不写名字，挂 ${helpDays} 天，可以续；有人想联系，我先私下问你`,
      examples: ['/互助 求 四级听力资料', '/互助 供 周末教打羽毛球'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: wanted,
      confirm: false,
      run: post,
    }),
    action({
      name: '联系',
      aliases: ['接'],
      summary: '想联系一条互助的主人：先私下问你一声，再问对方愿不愿意说名字',
      examples: ['/互助 联系 3'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: number(which),
      confirm: askToContact,
      run: contact,
    }),
    action({
      name: '同意',
      aliases: ['可以'],
      summary: '同意告诉想联系的人你是谁',
      examples: ['/互助 同意 3'],
      who: 'youth',
      where: 'private',
      about: 'group',
      arguments: numberAndPerson,
      confirm: false,
      run: (context, args) => answerContact(context, args, true),
    }),
    action({
      name: '不同意',
      aliases: ['不方便'],
      summary: '这次不方便，不告诉想联系的人你是谁',
      examples: ['/互助 不同意 3'],
      who: 'youth',
      where: 'private',
      about: 'group',
      arguments: numberAndPerson,
      confirm: false,
      run: (context, args) => answerContact(context, args, false),
    }),
    action({
      name: '我的',
      summary: '看自己发过的互助和谁在等你回话；只在私聊里显示',
      examples: ['/互助 我的'],
      who: 'youth',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: mine,
    }),
    own('解决', '解决了，从列表里收起来', ['完成', '解决了'], finish),
    own('续', `接着挂 ${helpDays} 天；到期收起的也可以`, ['续期', '再挂'], renew),
    own('撤回', '收回自己的，内容一个字也不留', [], withdraw),
    action({
      name: '收起',
      summary: '不合适列出的，写明原因收起来；原因私下告诉对方，您看不到是谁',
      examples: ['/互助 收起 3 涉及买卖，请走正规渠道'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndText('请写互助编号和原因', 500),
      confirm: false,
      run: decline,
    }),
  ],
});

/** 心愿: small wishes on the group's wall, taken on by the cadre or another youth (新疆 §四.5; 滁州 附件2). */
import { longestWish, longestWords } from '../../../domain/listening/wish.ts';
import { nothing, number, numberAndText } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { post, reply } from '../../dialogue/say.ts';
import { heardText, numberAndHeardText, numberAndMaybeHeardText } from './cry-instead.ts';
import { kept } from './kept-card.ts';
import { ownActions } from './own-actions.ts';
import { askToClaim, claim, decline, fulfil, giveBack } from './wish-claim.ts';
import { introduce, make, mine, renew, reopen, sign, thank, withdraw } from './wish-own.ts';
import { wallCard, wallOf } from './wish-words.ts';

const which = '请写心愿的编号，发 /心愿 墙 看得到';
const whichOwn = '请写心愿的编号，发 /心愿 我的 看得到';
const own = ownActions('心愿', whichOwn);

export const wish = defineCommand({
  name: '心愿',
  aliases: ['微心愿', '小心愿', '心愿墙'],
  summary: '心愿墙：许一个微心愿，或认领一个',
  byDefault: '墙',
  actions: [
    action({
      name: '墙',
      aliases: ['列表'],
      summary: '看心愿墙：在等人认领的心愿，不写名字',
      examples: ['/心愿 墙', '/心愿'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const { db, group, now } = context;
        return [await kept(context, 'wishes', reply(context, wallCard(group, await wallOf(db, group, now))))];
      },
    }),
    action({
      name: '',
      summary:
        '许一个微心愿：墙上不写名字，挂一个月左右，可以续；有人认领、实现我都私下告诉你。不想让大家知道是你就私聊我发',
      examples: ['/心愿 想借一本高数教材用两周'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: heardText('有什么小心愿？写在后面就行', longestWish),
      confirm: false,
      run: make,
    }),
    action({
      name: '认领',
      aliases: ['领'],
      summary: '认领一个心愿：先私下问一声；对方会知道是谁认领的，许愿的是谁要本人愿意才说',
      examples: ['/心愿 认领 3'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: number(which),
      confirm: askToClaim,
      run: claim,
    }),
    action({
      name: '实现',
      aliases: ['完成', '办好了'],
      summary: '认领的办好了：写一句话，我转给对方；之后还可以发一张照片',
      examples: ['/心愿 实现 3 书放在一楼服务台，报编号就能取'],
      who: 'anyone',
      where: 'private',
      about: 'group',
      arguments: numberAndHeardText('请写心愿编号和给对方的一句话', longestWords),
      confirm: false,
      run: fulfil,
    }),
    action({
      name: '放回',
      aliases: ['放弃', '放回去'],
      summary: '认领了又办不了，放回墙上，没关系的',
      examples: ['/心愿 放回 3'],
      who: 'anyone',
      where: 'private',
      about: 'group',
      arguments: number(which),
      confirm: false,
      run: giveBack,
    }),
    action({
      name: '我的',
      summary: '看自己许过和认领的心愿；只在私聊里显示',
      examples: ['/心愿 我的'],
      who: 'anyone',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: mine,
    }),
    action({
      name: '道谢',
      aliases: ['谢谢'],
      summary: '实现了，说声谢谢；一句话可写可不写',
      examples: ['/心愿 道谢 3 书很有用，谢谢', '/心愿 道谢 3'],
      who: 'youth',
      where: 'private',
      about: 'group',
      arguments: numberAndMaybeHeardText(whichOwn, longestWords),
      confirm: false,
      run: thank,
    }),
    own('没实现', '说实现了其实还没有：放回墙上接着等', ['还没实现'], reopen),
    own('告诉', '告诉认领的人你是谁', [], (context, wanted) => introduce(context, wanted, true)),
    own('不告诉', '先不告诉认领的人你是谁，话和照片由我转', [], (context, wanted) =>
      introduce(context, wanted, false),
    ),
    own('署名', '在墙上写上自己的名字', [], (context, wanted) => sign(context, wanted, true)),
    own('不署名', '墙上不写名字', [], (context, wanted) => sign(context, wanted, false)),
    own('续', '接着挂；到期收起的也可以', ['续期', '再挂'], renew),
    own('撤回', '收回自己的心愿，内容一个字也不留', [], withdraw),
    action({
      name: '上墙',
      summary: '把心愿墙发到群里，方便大家认领',
      examples: ['/心愿 上墙'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const { db, group, now, chat } = context;
        const wall = wallCard(group, await wallOf(db, group, now));
        const posted = await kept(context, 'wishes', post(group.id, wall));
        return chat.kind === 'group' ? [posted] : [posted, reply(context, '心愿墙发到群里了。')];
      },
    }),
    action({
      name: '图卡',
      aliases: ['海报'],
      summary: '把心愿墙画成一张图，方便发到别处',
      examples: ['/心愿 图卡'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const { db, group, now } = context;
        return [reply(context, { type: 'wish-wall', wall: await wallOf(db, group, now) })];
      },
    }),
    action({
      name: '收起',
      summary: '不合适上墙的，写明原因收起来；原因私下告诉对方，您看不到是谁',
      examples: ['/心愿 收起 3 涉及买卖，请走正规渠道'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberAndText('请写心愿编号和原因', longestWords),
      confirm: false,
      run: decline,
    }),
  ],
});

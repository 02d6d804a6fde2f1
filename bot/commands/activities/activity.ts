/** 活动: announced by the cadre, checked in at by the youths, closed with a note (每季度有线下活动, counting rule 6). */
import { checkedIn, latestActivities } from '../../../prisma/store/activities.ts';
import { nothing, number, numberOrNothing, textOrNothing } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { card, reply } from '../../dialogue/say.ts';
import { announce, askToAnnounce } from './activity-announce.ts';
import { askToCancel, cancel } from './activity-cancel.ts';
import { askToEnd, end, ending } from './activity-end.ts';
import { askToMove, move, moving } from './activity-move.ts';
import { showPeople, tick, ticking } from './activity-people.ts';
import { askToShow, showMoments, showPoster } from './activity-pictures.ts';
import { showCode, showQr } from './activity-screen.ts';
import { activityLine } from './activity-words.ts';

const shownInList = 10;

export const activity = defineCommand({
  name: '活动',
  aliases: ['activity'],
  summary: '每季度有线下活动：发布、报名、签到、改期、结束、取消、查看',
  byDefault: '列表',
  actions: [
    action({
      name: '发布',
      aliases: ['发'],
      summary:
        '发布一个活动：时间、地点、名称，先后随意，也可以写成“时间：…地点：…名称：…类别：…名额：…”。我先念给您听，您说“是”才发到群里；线上活动请写上“线上”，它不计入每季度的线下活动。什么都不写，就给您一张表来填',
      examples: [
        '/活动 发布 周六下午2点-4点 操场 夜跑',
        '/活动 发布 9月5日19:00 线上 读书分享会',
        '/活动 发布',
      ],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: textOrNothing(600),
      confirm: askToAnnounce,
      run: announce,
    }),
    action({
      name: '签到码',
      summary:
        '在您自己的屏幕上看签到码：每 30 秒换一个，一分钟后作废，到现场给大家看；只有一个活动时不用写编号',
      examples: ['/活动 签到码', '/活动 签到码 2'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberOrNothing('请写活动的编号'),
      confirm: false,
      run: showCode,
    }),
    action({
      name: '二维码',
      summary: '把此刻的签到码画成二维码，当场给大家扫',
      examples: ['/活动 二维码', '/活动 二维码 2'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: numberOrNothing('请写活动的编号'),
      confirm: false,
      run: showQr,
    }),
    action({
      name: '点名',
      summary: '忘带手机的，由您写名字签到；和用码签到的分开写明',
      examples: ['/活动 点名 2 小明 小红'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: ticking,
      confirm: false,
      run: tick,
    }),
    action({
      name: '名单',
      summary: '看谁报名、候补、签到，只给您看；没来的不列',
      examples: ['/活动 名单 2'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写活动的编号'),
      confirm: false,
      run: showPeople,
    }),
    action({
      name: '改期',
      aliases: ['改时间'],
      summary: '换一个时间；我先念给您听，再告诉群里和报了名的人；只有一个活动时不用写编号',
      examples: ['/活动 改期 2 周日下午3点', '/活动 改期 周日下午3点'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: moving,
      confirm: askToMove,
      run: move,
    }),
    action({
      name: '海报',
      summary: '画一张带报名二维码的海报，可以转发',
      examples: ['/活动 海报 2'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: number('请写活动的编号'),
      confirm: false,
      run: showPoster,
    }),
    action({
      name: '精彩时刻',
      summary: '把活动的照片发到群里，最多三张；照片在活动结束后私聊发给我',
      examples: ['/活动 精彩时刻 2'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: number('请写活动的编号'),
      confirm: askToShow,
      run: showMoments,
    }),
    action({
      name: '结束',
      summary:
        '活动办完后，写一句小结；我在群里向大家道谢，并公布签到人数。没有人签到的，先问您一句；不写编号，就列出等小结的活动',
      examples: ['/活动 结束 2 来了二十多位，跑了三公里', '/活动 结束'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: ending,
      confirm: askToEnd,
      run: end,
    }),
    action({
      name: '取消',
      aliases: ['撤销'],
      summary: '不办了：在群里说一声，签到码作废，这个活动不计入任何数字',
      examples: ['/活动 取消 2', '/活动 取消'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberOrNothing('请写活动的编号'),
      confirm: askToCancel,
      run: cancel,
    }),
    action({
      name: '列表',
      summary: '看看最近的活动',
      examples: ['/活动 列表', '/活动'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const rows = await latestActivities(context.db, context.group.id, shownInList);
        const lines: string[] = [];
        for (const row of rows)
          lines.push(activityLine(row, (await checkedIn(context.db, row.id)).length, context.now));
        return [
          reply(context, lines.length > 0 ? card('最近的活动', lines.join('\n')) : '还没有发布过活动。'),
        ];
      },
    }),
  ],
});

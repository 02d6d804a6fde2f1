/** 活动: announced by the cadre, checked in at by the youths, closed with a note (每季度有线下活动, counting rule 6). */
import { checkedIn, latestActivities } from '../../prisma/store/activities.ts';
import { announce, askToAnnounce } from './activity-announce.ts';
import { askToCancel, cancel } from './activity-cancel.ts';
import { findActivity } from './activity-choice.ts';
import { askToEnd, end, ending } from './activity-end.ts';
import { activityLine, codeText } from './activity-words.ts';
import { nothing, number, numberOrNothing, textOrNothing } from './arguments.ts';
import { action, defineCommand } from './command.ts';
import { card, reply } from './say.ts';

const shownInList = 10;

export const activity = defineCommand({
  name: '活动',
  aliases: ['activity'],
  summary: '每季度有线下活动：发布、签到码、结束、取消、查看',
  byDefault: '列表',
  actions: [
    action({
      name: '发布',
      aliases: ['发'],
      summary:
        '发布一个活动：时间、地点、名称，先后随意，也可以写成“时间：…地点：…名称：…”。我先念给您听，您说“是”才发到群里；线上活动请写上“线上”，它不计入每季度的线下活动。什么都不写，就给您一张表来填',
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
      summary: '看一个活动的四位签到码，到现场再给大家看',
      examples: ['/活动 签到码 2'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: number('请写活动的编号'),
      confirm: false,
      run: async (context, wanted) => {
        const row = await findActivity(context, wanted.number);
        return [reply(context, codeText(row, context.now))];
      },
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

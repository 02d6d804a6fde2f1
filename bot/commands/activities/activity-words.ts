/** What an activity looks like: its card, its question, its lines. 您 to the cadre, 你 to a youth; nobody is counted as absent. */
import { type Activity, checkInHours, hoursOf, isCancelled } from '../../../domain/activities/activity.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { deedKinds } from '../../../domain/deeds/kinds.ts';
import type { ActivityRow } from '../../../prisma/store/activities.ts';
import type { GroupHere } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { closeCard } from '../../dialogue/say.ts';
import type { Draft, Outgoing } from '../../outbox/message.ts';

type Card = Extract<Draft, { type: 'card' }>;

/** Only offline activities count for the quarter and for having met (design.md, counting rules 6 and 7). */
export const onlineWords = '线上活动不计入每季度的线下活动。';

/** Under which key an activity's card is posted. */
export function activityKey(id: number): string {
  return `activity/${id}`;
}

/** “活动2｜夜跑” */
export function titleOf({ number, title }: Pick<Activity, 'number' | 'title'>): string {
  return `活动${number}｜${title}`;
}

/** The card that announces an activity in its group, with the form to check in. */
export function activityCard(row: ActivityRow, now: number): Card {
  const then = row.offline ? '到现场后' : '开始后';
  return {
    ...bareCard(
      row,
      `想来就来，报不报名都行，不来也没关系。${then}用四位签到码签到：在下面填，或发 /签到 加签到码。`,
      now,
    ),
    buttons: [
      { label: '报名', command: `/报名 ${row.number}`, style: 'primary' },
      { label: '请假', command: `/请假 ${row.number}` },
    ],
    form: {
      command: `/签到 ${row.number}`,
      submit: '签到',
      fields: [{ name: 'code', label: '签到码', placeholder: row.offline ? '现场的四位数字' : '四位数字' }],
    },
  };
}

/** Takes the place of the card once the activity is over or cancelled: the same, with nothing to fill in. */
export function closedActivity(row: ActivityRow, said: string, now: number): Outgoing {
  return closeCard(row.groupId, activityKey(row.id), bareCard(row, said, now));
}

function bareCard(row: ActivityRow, text: string, now: number): Card {
  return {
    type: 'card',
    title: titleOf(row),
    text,
    fields: [
      { label: '时间', value: formatDateTimeRange(row.startsAt, row.endsAt, now) },
      ...(row.place === '' ? [] : [{ label: '地点', value: row.place }]),
      ...(row.offline ? [] : [{ label: '形式', value: '线上' }]),
      ...(row.kind === 'volunteering' ? [{ label: '类别', value: `志愿服务，${hoursOf(row)} 小时` }] : []),
      ...(row.capacity === undefined ? [] : [{ label: '名额', value: `${row.capacity} 人` }]),
    ],
  };
}

/** What was understood of an announcement, a line each. */
export function echo(
  activity: Activity,
  { assumed, endNamed }: { readonly assumed: boolean; readonly endNamed: boolean },
  now: number,
): string {
  const { title, place, startsAt, endsAt, offline } = activity;
  const doubt = `${assumed ? '（上下午是我猜的，请看清楚）' : ''}${endNamed ? '' : '（没写结束时间，按两小时算）'}`;
  return [
    `时间：${formatDateTimeRange(startsAt, endsAt, now)}${doubt}`,
    `地点：${place || '没有写'}`,
    `名称：${title}`,
    `形式：${offline ? '线下' : '线上（不计入每季度的线下活动）'}`,
    `类别：${deedKinds[activity.kind].name}（办完自动记进工作纪实；不对就写“类别：${activity.kind === 'volunteering' ? '文体活动' : '志愿服务'}”这样）`,
    ...(activity.capacity === undefined ? [] : [`名额：${activity.capacity} 人，满了候补`]),
  ].join('\n');
}

/** An announcement to fill in. What is sent is read like what is typed. */
export function announceForm(group: GroupHere): Card {
  return {
    type: 'card',
    title: '发布活动',
    text: `填好后我先念给您听，您说“是”才发到“${nameOf(group)}”。也可以写成一句，例如：/活动 发布 周六下午2点-4点 操场 夜跑`,
    form: {
      command: `/活动 发布 群#${group.id}`,
      submit: '念给我听',
      fields: [
        { name: 'time', label: '时间', placeholder: '周六下午2点-4点' },
        { name: 'place', label: '地点（可以不填）', placeholder: '操场' },
        { name: 'title', label: '名称', placeholder: '夜跑' },
        { name: 'form', label: '形式', placeholder: '不选就按写的来猜', options: ['线下', '线上'] },
      ],
    },
  };
}

/** A closing note to fill in. */
export function noteForm(row: ActivityRow, came: number): Card {
  return {
    type: 'card',
    title: `${titleOf(row)}　写小结`,
    text: `${came > 0 ? `签到 ${came} 人。` : ''}写一句办得怎么样，我发到群里，向大家道谢。也可以直接发，例如：/活动 结束 ${row.number} 大家聊得很开心，约了下次`,
    form: {
      command: `/活动 结束 群#${row.groupId} ${row.number}`,
      submit: '结束活动',
      fields: [{ name: 'note', label: '小结', placeholder: '大家聊得很开心，约了下次', multiline: true }],
    },
    buttons: [{ label: '没办成，取消它', command: `/活动 取消 群#${row.groupId} ${row.number}` }],
  };
}

/** The thanks that close an activity in its group: of who came, never of who did not. */
export function thanksCard(row: ActivityRow, note: string, came: number): Card {
  const thanks = came > 0 ? `签到 ${came} 人，谢谢大家！` : '谢谢大家！';
  return { type: 'card', title: `${titleOf(row)}　结束啦`, text: `${note}\n${thanks}` };
}

/** The cancellation as the group reads it. */
export function cancelledText(row: ActivityRow): string {
  return `${titleOf(row)} 取消了，抱歉改变安排。`;
}

/** How people check in, for the cadre. */
export function checkInText(row: ActivityRow, now: number): string {
  const { from, until } = checkInHours(row);
  const when = row.offline ? '到现场后' : '开始后';
  return `签到时间 ${formatDateTimeRange(from, until, now)}：${when}私聊我发 /活动 签到码 ${row.number}，码每 30 秒换一个，给大家看就行。`;
}

/** One entry of the list: what it is, and below it when, where and how far it has come. */
export function activityLine(row: ActivityRow, came: number, now: number): string {
  const when = formatDateTimeRange(row.startsAt, row.endsAt, now);
  const details = [when, row.offline ? '' : '线上', row.place, stateOf(row, came, now)];
  return `活动${row.number}　${row.title}\n${details.filter((part) => part !== '').join('　')}`;
}

function stateOf(row: ActivityRow, came: number, now: number): string {
  if (isCancelled(row)) return '已取消';
  if (row.closedAt !== undefined) return `已结束，签到 ${came} 人`;
  if (row.endsAt < now) return '等小结';
  return row.startsAt <= now ? '进行中' : '未开始';
}

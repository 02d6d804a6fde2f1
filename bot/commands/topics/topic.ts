/** 话题: topics are proposed, posted and closed by the cadre; youths join by writing, quoting, or the button. */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import { isOpen, topicTag } from '../../../domain/topics/topic.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { plannedTopics } from '../../../prisma/store/planned-topics.ts';
import { joinTopic, latestTopics, type TopicRow, topicNumbered } from '../../../prisma/store/topics.ts';
import { leadingNumber, nothing, number, numberAndText, text } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, notice, post, quietly, reply } from '../../dialogue/say.ts';
import { startersFor } from './starters.ts';
import { draft } from './topic-draft.ts';
import { endTopic } from './topic-end.ts';
import { amend, type CadreHere, propose } from './topic-list.ts';
import { askToPlan, cancelPlan, plan, plannedLines } from './topic-plan.ts';
import { askToPublish, publish } from './topic-publish.ts';
import { closedTopic, thanksCard, topicLine, topicPicture } from './topic-words.ts';

/** The number of a topic, or nothing. */
const numberOrNothing = z.string().transform((typed, context) => {
  if (typed.trim() === '') return { number: undefined };
  const found = leadingNumber(typed);
  if (found?.rest === '') return { number: found.number };
  context.addIssue({ code: 'custom', message: '请写编号' });
  return z.NEVER;
});

const shownInList = 10;

export const topic = defineCommand({
  name: '话题',
  aliases: ['topic'],
  summary: '有话题：推荐、发布、结束、查看',
  actions: [
    action({
      name: '推荐',
      summary: '推荐三个话题，说明为什么：时节、最近聊过什么、哪类接话的人多、大家反映的事',
      examples: ['/话题 推荐'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: propose,
    }),
    action({
      name: '发布',
      aliases: ['发'],
      summary: '在群里发布一个话题：写推荐列表里的编号，或自己写一句（多行时第一行是标题）。开放七天',
      examples: ['/话题 发布 1', '/话题 发布 图书馆几点最挤？'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: text('要发布什么话题？写推荐列表里的编号，或自己写一句', 600),
      confirm: askToPublish,
      run: publish,
    }),
    action({
      name: '起草',
      summary: '给个主题，起草三个话题给您挑；您不发，就不会到群里',
      examples: ['/话题 起草 宿舍生活'],
      who: 'cadre',
      where: 'private',
      about: 'group',
      arguments: text('想聊什么主题？写几个字就行', 60),
      confirm: false,
      run: draft,
    }),
    action({
      name: '修改',
      aliases: ['改'],
      summary: '把推荐列表里的一个改成您自己的说法（多行时第一行是标题），还不发布',
      examples: ['/话题 修改 1 食堂哪个窗口你去得最多？'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberAndText('请写列表里的编号和新的一句', 600),
      confirm: false,
      run: amend,
    }),
    action({
      name: '定时',
      summary: '选好时间再发布：写列表里的编号或自己的一句，加上时间。我先念给您听',
      examples: ['/话题 定时 1 今晚8点', '/话题 定时 周五晚上7点 周末想去哪儿走走？'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: text('请写推荐列表里的编号（或自己的一句）和时间', 600),
      confirm: askToPlan,
      run: plan,
    }),
    action({
      name: '取消定时',
      summary: '定了时间的话题不发了',
      examples: ['/话题 取消定时', '/话题 取消定时 1'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberOrNothing,
      confirm: false,
      run: cancelPlan,
    }),
    action({
      name: '话头',
      summary: '给您三句现成的话，挑一句改成自己的，在群里随手说；我不替您说',
      examples: ['/话题 话头'],
      who: 'cadre',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        // Every minute others.
        const lines = startersFor(
          context.cadre.id,
          dayOf(context.now),
          Math.floor(context.now / 60_000) % 1440,
        );
        return [
          reply(
            context,
            card(
              '三句话头',
              `${lines.map((line) => `· ${line}`).join('\n')}\n挑一句，改成您自己的话在群里说就好。`,
              [
                { label: '再来三句', command: '/话题 话头' },
                { label: '挑个话题', command: '/话题 推荐' },
              ],
            ),
          ),
        ];
      },
    }),
    action({
      name: '图卡',
      aliases: ['海报'],
      summary: '把一个话题画成一张图，方便发到别处；不写编号就是最近的一个',
      examples: ['/话题 图卡', '/话题 图卡 3'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberOrNothing,
      confirm: false,
      run: async (context, wanted) => {
        const [latest] = await latestTopics(context.db, context.group.id, 1);
        const shown =
          wanted.number === undefined
            ? latest
            : await topicNumbered(context.db, context.group.id, wanted.number);
        if (!shown) throw noSuchTopic(wanted.number);
        return [reply(context, topicPicture(shown))];
      },
    }),
    action({
      name: '结束',
      summary: '结束一个话题，向大家道谢并公布参与人数（明确参与和推测参与分开）',
      examples: ['/话题 结束 3', '/话题 结束'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: numberOrNothing,
      confirm: false,
      run: end,
    }),
    action({
      name: '列表',
      summary: '看看最近的话题',
      examples: ['/话题 列表'],
      who: 'anyone',
      where: 'both',
      about: 'group',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const topics = await latestTopics(context.db, context.group.id, shownInList);
        const lines = topics.map((one) => topicLine(one, context.now));
        // What is planned is the cadre's alone until it is posted.
        if (context.chat.kind === 'private' && (await leads(context)))
          lines.unshift(...plannedLines(await plannedTopics(context.db, context.group.id), context.now));
        return [
          reply(
            context,
            lines.length > 0
              ? card('最近的话题', lines.join('\n'))
              : '还没有发过话题。团干部可以发 /话题 推荐 挑一个。',
          ),
        ];
      },
    }),
    action({
      name: '我来说',
      summary: '报名聊一个话题（话题卡片上的按钮）；接着在群里说就行',
      examples: ['/话题 我来说 3'],
      who: 'youth',
      where: 'both',
      about: 'group',
      arguments: number('请写话题的编号'),
      confirm: false,
      run: join,
    }),
  ],
});

async function end(
  context: CadreHere,
  wanted: { readonly number: number | undefined },
): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const ending =
    wanted.number === undefined ? await onlyOpen(context) : await topicNumbered(db, group.id, wanted.number);
  if (!ending) throw noSuchTopic(wanted.number);
  const ended = await endTopic(db, ending, now);
  if (ended.kind === 'fault') throw new CommandFault('the topic is closed', ended.say);
  const thanks = post(group.id, thanksCard(ending, ended.participants));
  const { clear, inferred } = ended.participants;
  const closed = closedTopic(ending, ended.participants);
  return chat.kind === 'group'
    ? [thanks, closed]
    : [
        thanks,
        closed,
        reply(
          context,
          `话题${ending.number}已结束：明确参与 ${clear} 人，推测参与 ${inferred} 人。已在“${nameOf(group)}”里道谢。`,
        ),
      ];
}

async function onlyOpen({ db, group, now }: CadreHere): Promise<TopicRow> {
  const open = (await latestTopics(db, group.id, shownInList)).filter((one) => isOpen(one, now));
  const [only] = open;
  if (!only) throw new CommandFault('no open topic', '现在没有进行中的话题。');
  if (open.length > 1)
    throw new CommandFault(
      'several open topics',
      `进行中的话题不止一个，请写编号：${open.map((one) => `/话题 结束 ${one.number}（${one.title}）`).join('，')}`,
    );
  return only;
}

async function join(
  context: ContextFor<'youth', 'group'>,
  wanted: { readonly number: number },
): Promise<readonly Saying[]> {
  const { db, group, event, person } = context;
  const joining = await topicNumbered(db, group.id, wanted.number);
  if (!joining) throw noSuchTopic(wanted.number);
  // Whoever presses the button has seen the topic, whatever the platform's clock says.
  const at = Math.max(event.at, joining.openedAt);
  // Pressed before the closing counts, however late it arrives (design.md, counting rule 5).
  if (at > (joining.closedAt ?? joining.closesAt))
    return [quietly(context, `话题${joining.number}已经结束了，有想说的照样可以在群里说。`)];
  if (!(await joinTopic(db, joining, person.id, at))) return [];
  return [
    notice(
      person.id,
      `收到，欢迎参加话题${joining.number}！想到什么就在“${nameOf(group)}”里说，带上 ${topicTag(joining.number)} 或引用话题都行。`,
      'reply',
    ),
  ];
}

function noSuchTopic(wanted: number | undefined): CommandFault {
  return new CommandFault(
    'no such topic',
    wanted === undefined
      ? '还没有发过话题，发 /话题 推荐 挑一个。'
      : `没有话题${plain(String(wanted))}，发 /话题 列表 看看编号。`,
  );
}

async function leads({ db, group, person, now }: ContextFor<'anyone', 'group'>): Promise<boolean> {
  return (await cadreOfGroup(db, group.id, dayOf(now)))?.personId === person.id;
}

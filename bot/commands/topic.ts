/** 话题: topics are proposed, posted and closed by the cadre; youths join by writing, quoting, or the button. */
import { z } from 'zod';
import { dayOf } from '../../domain/calendar/day.ts';
import type { LibraryTopic } from '../../domain/topics/library.ts';
import { suggest } from '../../domain/topics/suggest.ts';
import { closesAt, isOpen, topicTag, topicWords } from '../../domain/topics/topic.ts';
import { keepQuestion, waitingQuestion } from '../../prisma/store/confirmations.ts';
import {
  joinTopic,
  latestTopics,
  libraryTopicsOf,
  openTopic,
  openTopicLike,
  type TopicRow,
  topicNumbered,
} from '../../prisma/store/topics.ts';
import { leadingNumber, nothing, number, text } from './arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from './command.ts';
import { CommandFault } from './fault.ts';
import { nameOf } from './place.ts';
import { plain } from './plain.ts';
import { card, notice, post, quietly, reply } from './say.ts';
import { endTopic } from './topic-end.ts';
import { topicLibrary } from './topic-library.ts';
import { closedTopic, thanksCard, topicCard, topicKey, topicLine } from './topic-words.ts';

type CadreHere = ContextFor<'cadre', 'group'>;

/** A list of proposals is answered by its numbers for this long. */
const listLifeMs = 7 * 86_400_000;
const shownInList = 10;

export const topic = defineCommand({
  name: '话题',
  aliases: ['topic'],
  summary: '每月有话题：推荐、发布、结束、查看',
  actions: [
    action({
      name: '推荐',
      summary: '按时节和最近聊过的，推荐三个话题',
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
      confirm: async (context, { text: written }) => {
        const words = await wordsOf(context, written);
        const same = await openTopicLike(context.db, context.group.id, words, context.now);
        return (
          same && {
            text: `话题${same.number}就是这句话，还在进行中。要再发一次吗？`,
            // A number of the list may stand for another topic by then.
            keep: words.libraryId,
          }
        );
      },
      run: publish,
    }),
    action({
      name: '结束',
      summary: '结束一个话题，向大家道谢并公布参与人数（明确参与和推测参与分开）',
      examples: ['/话题 结束 3', '/话题 结束'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: z.string().transform((typed, context) => {
        if (typed.trim() === '') return { number: undefined };
        const found = leadingNumber(typed);
        if (found?.rest === '') return { number: found.number };
        context.addIssue({ code: 'custom', message: '请写话题的编号' });
        return z.NEVER;
      }),
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

async function propose(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group, now, person } = context;
  const recent = [...(await libraryTopicsOf(db, group.id))].reverse();
  const proposals = suggest(topicLibrary, dayOf(now), recent, now);
  await keepQuestion(db, {
    personId: person.id,
    chat: listKey(group.id),
    command: proposals.map(({ topic: { id } }) => id).join(' '),
    expiresAt: now + listLifeMs,
  });
  const lines = proposals.map(
    ({ topic: one, reason }, i) => `${i + 1}. ${one.title}：${one.text}\n（${reason}）`,
  );
  return [
    reply(
      context,
      card(
        '聊点什么？',
        `${lines.join('\n')}\n发 /话题 发布 加编号，或自己写一句。再发 /话题 推荐 换一批。`,
        proposals.map(({ topic: one }, i) => ({
          label: `发布 ${i + 1}`,
          command: `/话题 发布 群#${group.id} ${one.id}`,
        })),
      ),
    ),
  ];
}

async function publish(
  context: CadreHere,
  { text: written }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const { title, text, libraryId, followUp } = await wordsOf(context, written);
  const opened = await openTopic(db, {
    groupId: group.id,
    title,
    text,
    libraryId,
    openedAt: now,
    closesAt: closesAt(now),
  });
  const posted = post(group.id, topicCard(opened), { key: topicKey(opened.id), topicId: opened.id });
  if (chat.kind === 'group') return [posted];
  const later = followUp === undefined ? '' : `\n明天可以接着问：${followUp}`;
  return [
    posted,
    reply(
      context,
      `已发到“${nameOf(group)}”，是话题${opened.number}。想收尾时发 /话题 结束 ${opened.number}，七天后也会自动结束。${later}`,
    ),
  ];
}

/** What is to be posted: a topic of the library, or the cadre's own words. */
async function wordsOf(
  context: CadreHere,
  written: string,
): Promise<{
  readonly title: string;
  readonly text: string;
  readonly libraryId: string | undefined;
  readonly followUp: string | undefined;
}> {
  const chosen = await fromLibrary(context, written);
  if (chosen)
    return { title: chosen.title, text: chosen.text, libraryId: chosen.id, followUp: chosen.followUp };
  const own = topicWords(written);
  if (own.kind === 'fault') throw new CommandFault('no topic', own.say);
  return { title: own.title, text: own.text, libraryId: undefined, followUp: undefined };
}

/** The library's topic that a number of the last list, or an id out of its buttons, stands for. */
async function fromLibrary(context: CadreHere, written: string): Promise<LibraryTopic | undefined> {
  const byId = topicLibrary.find(({ id }) => id === written);
  const picked = leadingNumber(written);
  if (byId || picked?.rest !== '') return byId;
  const { db, group, now, person } = context;
  const list = await waitingQuestion(db, person.id, listKey(group.id), now);
  const id = list?.split(' ')[picked.number - 1];
  const found = topicLibrary.find((one) => one.id === id);
  if (!found)
    throw new CommandFault(
      'no such proposal',
      list === undefined
        ? '先发 /话题 推荐 看看有哪些，再按编号发布；也可以自己写一句。'
        : `推荐列表里没有 ${picked.number} 号。发 /话题 推荐 再看一遍，或自己写一句。`,
    );
  return found;
}

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
    ),
  ];
}

function noSuchTopic(wanted: number | undefined): CommandFault {
  return new CommandFault(
    'no such topic',
    `没有话题${plain(String(wanted ?? ''))}，发 /话题 列表 看看编号。`,
  );
}

function listKey(groupId: number): string {
  return `topics:${groupId}`;
}

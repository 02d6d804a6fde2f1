/** A topic goes into its group: at the cadre's word, or at the time that they chose. */
import { closesAt, topicWords } from '../../../domain/topics/topic.ts';
import type { Tx } from '../../../prisma/database.ts';
import { openTopic, openTopicLike, type TopicRow } from '../../../prisma/store/topics.ts';
import { leadingNumber } from '../../dialogue/arguments.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { post, reply } from '../../dialogue/say.ts';
import type { Outgoing } from '../../outbox/message.ts';
import { topicLibrary } from './topic-library.ts';
import { type CadreHere, listedAs, listOf, type Proposal, proposalIn, proposalMeant } from './topic-list.ts';
import { topicCard, topicKey } from './topic-words.ts';

/** Asks before the same words are posted once more; nothing to ask otherwise. */
export async function askToPublish(
  context: CadreHere,
  { text: written }: { readonly text: string },
): Promise<Question | undefined> {
  const words = await wordsOf(context, written);
  const like = { text: words.text, libraryId: words.libraryId };
  const same = await openTopicLike(context.db, context.group.id, like, context.now);
  if (!same) return undefined;
  const text =
    same.text === words.text
      ? `话题${same.number}就是这句话，还在进行中。要再发一次吗？`
      : `话题${same.number}“${same.title}”是同一个，还在进行中。改过的这句也要发吗？`;
  // A number of the list may stand for another topic by then.
  const isUnchanged = topicLibrary.topics.some(
    ({ id, text: own }) => id === words.libraryId && own === words.text,
  );
  const picked = leadingNumber(written);
  if (isUnchanged || picked?.rest !== '') return { text, keep: isUnchanged ? words.libraryId : undefined };
  return { text, keep: listedAs(words, picked.number) };
}

/** Posts a topic of the list, of the library, or in the cadre's own words. */
export async function publish(
  context: CadreHere,
  { text: written }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const words = await wordsOf(context, written);
  const [opened, posted] = await openAndPost(db, group.id, words, now);
  if (chat.kind === 'group') return [posted];
  return [
    posted,
    reply(
      context,
      `已发到“${nameOf(group)}”，是话题${opened.number}。想收尾时发 /话题 结束 ${opened.number}，七天后也会自动结束并道谢。${words.followUp === undefined ? '' : '第二天可以追问的一句，明晚给您备好。'}`,
    ),
  ];
}

/** Opens a topic and gives the message that shows it; both commit together. */
export async function openAndPost(
  db: Tx,
  groupId: number,
  words: Proposal,
  now: number,
): Promise<readonly [TopicRow, Outgoing]> {
  const opened = await openTopic(db, { groupId, ...words, openedAt: now, closesAt: closesAt(now) });
  const key = topicKey(opened.id);
  return [opened, { ...post(groupId, topicCard(opened), { topicId: opened.id }), key }];
}

/** What is to be posted: a number of the last list, an id out of its buttons, or the cadre's own words. */
export async function wordsOf(context: CadreHere, written: string): Promise<Proposal> {
  const byId = topicLibrary.topics.find(({ id }) => id === written);
  if (byId) return { libraryId: byId.id, title: byId.title, text: byId.text, followUp: byId.followUp };
  const meant = proposalMeant(await listOf(context), written);
  if (meant) return meant;
  const picked = leadingNumber(written);
  if (picked?.rest === '') return proposalIn(await listOf(context), picked.number);
  const own = topicWords(written);
  if (own.kind === 'fault') throw new CommandFault('no topic', own.say);
  return { title: own.title, text: own.text };
}

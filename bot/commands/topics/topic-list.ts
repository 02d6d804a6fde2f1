/** The list of proposed topics that a cadre answers by its numbers: kept for a week, changed at will. */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import { resultsOf, type SurveyResults } from '../../../domain/surveys/results.ts';
import { demandFields, suggest } from '../../../domain/topics/suggest.ts';
import { type Chosen, surveyFields } from '../../../domain/topics/survey-fields.ts';
import { topicWords } from '../../../domain/topics/topic.ts';
import { keepQuestion, waitingQuestion } from '../../../prisma/store/confirmations.ts';
import { personOf } from '../../../prisma/store/demand-rows.ts';
import { openDemands } from '../../../prisma/store/demands.ts';
import { allAnswers } from '../../../prisma/store/survey-answers.ts';
import { surveysEndedSince } from '../../../prisma/store/surveys.ts';
import { latestTopics } from '../../../prisma/store/topics.ts';
import type { ContextFor, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { card, reply } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { topicLibrary } from './topic-library.ts';

export type CadreHere = ContextFor<'cadre', 'group'>;

/** A topic that may be posted: out of the library (changed or not), drafted, or the cadre's own. */
export interface Proposal {
  readonly title: string;
  readonly text: string;
  readonly libraryId?: string | undefined;
  readonly followUp?: string | undefined;
}

/** A proposal as it is kept. */
export const proposalSchema = z.object({
  title: z.string(),
  text: z.string(),
  libraryId: z.string().optional(),
  followUp: z.string().optional(),
});

/** A list is answered by its numbers for this long. */
const listLifeMs = 7 * 86_400_000;
/** Many more than a group can have had in half a year. */
const pastLooked = 500;
const demandsLooked = 200;
/** Surveys that ended longer ago say nothing of today. */
const surveyLifeMs = 30 * 86_400_000;

/**
 * Proposes three topics. What people asked for, and what surveys came to, is looked at for a private answer alone: in the
 * group, others would read out of the reason what was told to the cadre.
 */
export async function propose(context: CadreHere): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const demands = chat.kind === 'private' ? await openDemands(db, group.id, demandsLooked) : [];
  const shown = (await listOf(context)) ?? [];
  const suggestions = suggest(topicLibrary, {
    day: dayOf(now),
    past: await latestTopics(db, group.id, pastLooked),
    demands: demandFields(
      demands.map((row) => ({ askerId: personOf(row), text: row.text })),
      topicLibrary.fields,
    ),
    surveys: chat.kind === 'private' ? await chosenLately(context) : new Map(),
    shown: shown.flatMap(({ libraryId }) => libraryId ?? []),
    seed: group.id * 1_000_003 + dayOf(now),
  });
  if (suggestions.length === 0)
    return [reply(context, '话题库里的都聊过啦，过一阵再来。您可以自己写一句：/话题 发布 加内容。')];
  const proposals = suggestions.map(({ topic: { id, title, text, followUp } }) => ({
    libraryId: id,
    title,
    text,
    followUp,
  }));
  await keepList(db, { personId: context.person.id, groupId: group.id, proposals, now });
  const lines = suggestions.map(
    ({ topic: { title, text, suits }, reason }, i) =>
      `${i + 1}. ${title}：${text}\n（${reason}${suits === '大家' ? '' : `；适合${suits}同学`}）`,
  );
  return [
    reply(
      context,
      card(
        '聊点什么？',
        `${lines.join('\n')}\n发 /话题 发布 加编号；想改几个字，发 /话题 修改 1 加新的一句；想定个时间，发 /话题 定时 1 今晚8点。`,
        [
          ...suggestions.map(({ topic: { id } }, i) => ({
            label: `发布 ${i + 1}`,
            command: `/话题 发布 群#${group.id} ${id}`,
          })),
          { label: '换一批', command: `/话题 推荐 群#${group.id}` },
        ],
      ),
    ),
  ];
}

/** What most people chose of each field in the group's surveys that ended lately: figures of five people or more. */
async function chosenLately({ db, group, now }: CadreHere): Promise<ReadonlyMap<string, Chosen>> {
  const results: SurveyResults[] = [];
  for (const { id, number, form, youths = 0 } of await surveysEndedSince(db, group.id, now - surveyLifeMs)) {
    const answers = (await allAnswers(db, id)).map((row) => row.answers);
    results.push(resultsOf({ number, form, youths }, answers));
  }
  return surveyFields(results, topicLibrary.fields);
}

/** Puts the cadre's own words in the place of a proposal's; what it came from is remembered. */
export async function amend(
  context: CadreHere,
  { number, text }: { readonly number: number; readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, person } = context;
  const proposals = [...((await listOf(context)) ?? [])];
  const before = proposalIn(proposals.length > 0 ? proposals : undefined, number);
  const words = topicWords(text);
  if (words.kind === 'fault') throw new CommandFault('no topic', words.say);
  const title = text.includes('\n') ? words.title : before.title;
  proposals[number - 1] = { ...before, title, text: words.text };
  await keepList(db, { personId: person.id, groupId: group.id, proposals, now });
  return [
    reply(
      context,
      card(`改好了：${title}`, `${words.text}\n要定个时间，发 /话题 定时 ${number} 今晚8点。`, [
        {
          label: '现在发布',
          command: `/话题 发布 群#${group.id} ${listedAs({ text: words.text }, number)}`,
          style: 'primary',
        },
      ]),
    ),
  ];
}

/** Keeps a list of proposals in the place of the one before. */
export async function keepList(
  db: CadreHere['db'],
  list: {
    readonly personId: number;
    readonly groupId: number;
    readonly proposals: readonly Proposal[];
    readonly now: number;
  },
): Promise<void> {
  await keepQuestion(db, {
    personId: list.personId,
    chat: listKey(list.groupId),
    command: JSON.stringify(list.proposals),
    expiresAt: list.now + listLifeMs,
  });
}

/** Drafts as the cadre sees them, in the order in which the list has them. */
export function draftsCard(
  title: string,
  groupId: number,
  proposals: readonly Proposal[],
  note: string,
): Draft {
  const lines = proposals.map(
    ({ title: name, text, followUp }, i) =>
      `${i + 1}. ${name}：${text}${followUp === undefined ? '' : `\n（第二天可以追问：${followUp}）`}`,
  );
  return card(
    title,
    `${lines.join('\n')}\n${note}\n发 /话题 发布 加编号，或 /话题 修改 1 加新的一句。`,
    proposals.map((proposal, i) => ({
      label: `发布 ${i + 1}`,
      command: `/话题 发布 群#${groupId} ${listedAs(proposal, i + 1)}`,
    })),
  );
}

/** The cadre's list for this group, while it is good. */
export async function listOf({
  db,
  person,
  group,
  now,
}: CadreHere): Promise<readonly Proposal[] | undefined> {
  const kept = await waitingQuestion(db, person.id, listKey(group.id), now);
  return kept === undefined ? undefined : z.array(proposalSchema).parse(JSON.parse(kept));
}

/** The proposal of a number. Throws {@link CommandFault} when there is none. */
export function proposalIn(list: readonly Proposal[] | undefined, number: number): Proposal {
  const found = list?.[number - 1];
  if (found) return found;
  throw new CommandFault(
    'no such proposal',
    list === undefined
      ? '先发 /话题 推荐 看看有哪些，再按编号来；也可以自己写一句：/话题 发布 加内容。'
      : `推荐列表里没有 ${number} 号。发 /话题 推荐 再看一遍，或自己写一句。`,
  );
}

/** A proposal in a button: its number and a mark of its words, since the list may be another one when it is pressed. */
export function listedAs({ text }: Pick<Proposal, 'text'>, number: number): string {
  return `${number}~${markOf(text)}`;
}

/** The proposal that a button means. Throws {@link CommandFault} when the list has other words there by now. */
export function proposalMeant(list: readonly Proposal[] | undefined, written: string): Proposal | undefined {
  const found = /^(\d)~([0-9a-z]+)$/.exec(written);
  if (!found) return undefined;
  const proposal = list?.[Number(found[1]) - 1];
  if (proposal && markOf(proposal.text) === found[2]) return proposal;
  throw new CommandFault(
    'the list has changed',
    '这张卡片上的话已经换过了，没有发布。要发的话，发 /话题 推荐 再挑，或自己写一句：/话题 发布 加内容。',
  );
}

/** A short mark of a text (FNV-1a); two texts of a list hardly ever have the same. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

function listKey(groupId: number): string {
  return `topics:${groupId}`;
}

/** A topic for later: the time is echoed, kept after the yes, and can be taken back until it comes. */
import { z } from 'zod';
import { parseDateTime } from '../../../domain/calendar/chinese-datetime.ts';
import { formatDateTime } from '../../../domain/calendar/format-datetime.ts';
import { mayPostAt } from '../../../domain/topics/planning.ts';
import {
  cancelPlanned,
  type PlannedRow,
  plannedTopics,
  planTopic,
} from '../../../prisma/store/planned-topics.ts';
import { leadingNumber } from '../../dialogue/arguments.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { reply } from '../../dialogue/say.ts';
import { type CadreHere, listOf, proposalIn } from './topic-list.ts';
import { wordsOf } from './topic-publish.ts';

/** What was understood, as it waits for the yes. */
const keptPlan = z.object({
  at: z.int(),
  title: z.string(),
  text: z.string(),
  libraryId: z.string().optional(),
  followUp: z.string().optional(),
});

/** A number of the list with white space after it: not the 9 of 9月5日. */
const listed = /^\s*(?:#|＃|第)?\s*([0-9０-９]{1,2})\s*(?:号|个)?[\s:：,，、]+(?=\S)/u;

/** Echoes time and words. Throws {@link CommandFault} with what to write where either is missing or the time is not good. */
export async function askToPlan(
  context: CadreHere,
  { text: written }: { readonly text: string },
): Promise<Question> {
  const { group, now } = context;
  const front = listed.exec(written);
  const number = front && leadingNumber(front[0])?.number;
  const read = parseDateTime(front ? written.slice(front[0].length) : written, now);
  if (read.kind === 'fault') throw new CommandFault('no date-time', read.say);
  const rest = read.rest.trim();
  if (number != null && rest !== '')
    throw new CommandFault('number and words', `编号后面只写时间就行，例如：/话题 定时 ${number} 今晚8点。`);
  if (number == null && rest === '')
    throw new CommandFault('no topic', '还要写推荐列表里的编号，或自己的一句，例如：/话题 定时 1 今晚8点。');
  const words = number == null ? await wordsOf(context, rest) : proposalIn(await listOf(context), number);
  const planned = mayPostAt(read.at, now);
  if (planned.kind === 'fault') throw new CommandFault('no such time', planned.say);
  const when = formatDateTime(read.at, now);
  return {
    text: `${when}${read.assumed ? '（上下午是我猜的，请看清楚）' : ''}，在“${nameOf(group)}”里发布话题“${words.title}”：\n${words.text}`,
    keep: JSON.stringify({ at: read.at, ...words }),
  };
}

/** Keeps what was confirmed. */
export async function plan(
  context: CadreHere,
  { text: kept }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, group, now, person } = context;
  const { at, ...words } = keptPlan.parse(JSON.parse(kept));
  const planned = mayPostAt(at, now);
  if (planned.kind === 'fault') throw new CommandFault('the time is over', planned.say);
  await planTopic(db, { groupId: group.id, personId: person.id, at, ...words });
  return [
    reply(
      context,
      `定好了，${formatDateTime(at, now)}发到“${nameOf(group)}”。改主意了，在那之前发 /话题 取消定时。`,
    ),
  ];
}

/** Takes back a planned topic: the only one, or the one of that place in the list. */
export async function cancelPlan(
  context: CadreHere,
  wanted: { readonly number: number | undefined },
): Promise<readonly Saying[]> {
  const { db, group, now } = context;
  const waiting = await plannedTopics(db, group.id);
  if (waiting.length === 0) throw new CommandFault('nothing planned', '没有定了时间的话题，不用取消。');
  const chosen =
    wanted.number === undefined && waiting.length === 1 ? waiting[0] : waiting[(wanted.number ?? 0) - 1];
  if (!chosen)
    throw new CommandFault(
      'which planned topic',
      `定了时间的有这些，请写前面的数：\n${plannedLines(waiting, now).join('\n')}\n例如：/话题 取消定时 1`,
    );
  if (!(await cancelPlanned(db, chosen.id)))
    throw new CommandFault('posted meanwhile', '这个话题刚刚已经发出去了，收尾请发 /话题 结束。');
  return [reply(context, `已取消：${formatDateTime(chosen.at, now)}的“${chosen.title}”不发了。`)];
}

/** A line for each planned topic. */
export function plannedLines(planned: readonly PlannedRow[], now: number): readonly string[] {
  return planned.map(({ title, at }, i) => `定时${i + 1}　${title}　${formatDateTime(at, now)}发布`);
}

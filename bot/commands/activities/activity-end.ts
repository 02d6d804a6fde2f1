/** 活动 结束: the closing note, thanks in the group; asked first where nobody has checked in, since it cannot be undone. */
import { checkInHours, closeActivity, notToEnd } from '../../../domain/activities/activity.ts';
import {
  type ActivityRow,
  activityNumbered,
  checkedIn,
  keepClosing,
  openActivities,
} from '../../../prisma/store/activities.ts';
import { leadingNumber, textOrNothing } from '../../dialogue/arguments.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { notice, post, reply } from '../../dialogue/say.ts';
import { type CadreHere, choiceCard } from './activity-choice.ts';
import { recordActivity } from './activity-deed.ts';
import { closedActivity, noteForm, onlineWords, thanksCard, titleOf } from './activity-words.ts';

/** “20多位同学来了” begins a note; “2 来了二十多位” begins with an activity's number. */
const countOfPeople = /^[0-9０-９]+(?:多|几|余|来|位|名|人|个(?![\s:：,，、]|$))/u;

/** The number and the note, either of which may be missing. */
export const ending = textOrNothing(1000).transform(({ text: written }) => {
  const found = countOfPeople.test(written) ? undefined : leadingNumber(written);
  return { number: found?.number, note: found ? found.rest : written };
});

interface Ending {
  readonly number: number | undefined;
  readonly note: string;
}

/** Asked where people would lose something: nobody has checked in, or some may still come. */
export async function askToEnd(context: CadreHere, typed: Ending): Promise<Question | undefined> {
  const { row } = await chosen(context, typed);
  if (!row || typed.note === '') return undefined;
  const came = (await checkedIn(context.db, row.id)).length;
  const keep = `${row.number} ${typed.note}`;
  if (came > 0)
    return context.now < row.endsAt
      ? {
          text: `“${titleOf(row)}”还没到结束时间，已有 ${came} 人签到。结束以后，后来的人就不能再签到了，也不能撤销。\n现在结束吗？`,
          keep,
        }
      : undefined;
  const still =
    context.now <= checkInHours(row).until
      ? `大家还在的话，先让大家签一下：私聊我发 /活动 签到码 ${row.number}。`
      : '';
  return {
    text: `“${titleOf(row)}”还没有人签到。现在结束，就不会算作有人签到的活动，也不能撤销。${still}没办成的话，可以发 /活动 取消 ${row.number}。\n要结束吗？`,
    keep,
  };
}

/** Ends the activity; or shows which ones wait, or the form for the note. */
export async function end(context: CadreHere, typed: Ending): Promise<readonly Saying[]> {
  const { db, group, now, chat, person } = context;
  const { row, waiting } = await chosen(context, typed);
  if (!row) {
    const command = { command: '/活动 结束', rest: typed.note };
    return [reply(context, choiceCard('哪个活动办完了？', waiting, command))];
  }
  const came = (await checkedIn(db, row.id)).length;
  if (typed.note === '') return [reply(context, noteForm(row, came))];
  const closing = closeActivity(row, typed.note, now);
  if (closing.kind === 'fault') throw new CommandFault('the activity cannot end', closing.say);
  if (!(await keepClosing(db, row.id, closing.activity)))
    throw new CommandFault('the activity was closed meanwhile', `活动${row.number}已经结束或取消了。`);
  const said = came > 0 ? `已结束，签到 ${came} 人。` : '已结束。';
  const shown = [
    post(group.id, thanksCard(row, closing.activity.note ?? '', came)),
    closedActivity(row, said, now),
  ];
  const recorded = await recordActivity(context, row, came);
  const told = `${row.offline ? '' : onlineWords}${recorded}`;
  if (chat.kind === 'group') return [...shown, notice(person.id, told, 'reply')];
  return [
    ...shown,
    reply(context, `活动${row.number}已结束，签到 ${came} 人，小结已发到“${nameOf(group)}”。${told}`),
  ];
}

/** The activity that was named, or the only one that waits; otherwise those that wait. */
async function chosen(
  { db, group, now }: CadreHere,
  { number }: Ending,
): Promise<{ readonly row: ActivityRow | undefined; readonly waiting: readonly ActivityRow[] }> {
  const waiting = await openActivities(db, group.id, now);
  const [only, ...others] = waiting;
  const row =
    number !== undefined
      ? await activityNumbered(db, group.id, number)
      : others.length === 0
        ? only
        : undefined;
  if (!row && (number !== undefined || !only))
    throw new CommandFault(
      'no such activity',
      number === undefined
        ? '现在没有等小结的活动。发 /活动 列表 看看，或发 /活动 发布 约一个。'
        : `没有活动${number}，发 /活动 列表 看看编号。`,
    );
  const fault = row && notToEnd(row, now);
  if (fault) throw new CommandFault('the activity cannot end', fault.say);
  return { row, waiting };
}

/** 活动 取消: asked first, said once in the group; a cancelled activity counts for nothing. */
import { cancelActivity, closedBefore } from '../../../domain/activities/activity.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import {
  type ActivityRow,
  checkedIn,
  keepClosing,
  openActivities,
} from '../../../prisma/store/activities.ts';
import { signUpsOf } from '../../../prisma/store/sign-ups.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { notice, post, reply } from '../../dialogue/say.ts';
import { type CadreHere, choiceCard, findActivity } from './activity-choice.ts';
import { activityKey, cancelledText, closedActivity, titleOf } from './activity-words.ts';

interface Wanted {
  readonly number: number | undefined;
}

/** Says what a cancellation takes with it; nothing to ask while it is not clear which one is meant. */
export async function askToCancel(context: CadreHere, wanted: Wanted): Promise<Question | undefined> {
  const { row } = await chosen(context, wanted);
  if (!row) return undefined;
  const came = (await checkedIn(context.db, row.id)).length;
  const lost = came > 0 ? `已经有 ${came} 人签到，取消后这些签到都不再算数。\n` : '';
  const when = formatDateTimeRange(row.startsAt, row.endsAt, context.now);
  const signed = (await expecting(context, row)).length;
  const told = signed > 0 ? `，并私下告诉报了名的 ${signed} 人` : '';
  return {
    text: `要取消“${titleOf(row)}”（${when}）吗？\n${lost}取消后签到码作废，活动不计入任何数字，也不能恢复。我会在群里说一声：“${cancelledText(row)}”${told}。`,
    keep: String(row.number),
  };
}

/** Cancels the activity; or shows which ones there are. */
export async function cancel(context: CadreHere, wanted: Wanted): Promise<readonly Saying[]> {
  const { db, group, now, chat } = context;
  const { row, open } = await chosen(context, wanted);
  if (!row) return [reply(context, choiceCard('取消哪个活动？', open, { command: '/活动 取消', rest: '' }))];
  const cancelling = cancelActivity(row, now);
  if (cancelling.kind === 'fault') throw new CommandFault('the activity is closed', cancelling.say);
  if (!(await keepClosing(db, row.id, cancelling.activity)))
    throw new CommandFault('the activity was closed meanwhile', `活动${row.number}已经结束或取消了。`);
  const said = post(
    group.id,
    { type: 'text', text: cancelledText(row) },
    { key: `${activityKey(row.id)}/cancelled` },
  );
  const replaced = closedActivity(row, '已取消。', now);
  // Nobody is left to come in vain, who does not read the group.
  const when = formatDateTimeRange(row.startsAt, row.endsAt, now);
  const told = (await expecting(context, row)).map((personId) =>
    notice(personId, `你报名的“${row.title}”（${when}）取消了，抱歉改变安排，不用来了。`),
  );
  return chat.kind === 'group'
    ? [said, replaced, ...told]
    : [
        said,
        replaced,
        ...told,
        reply(context, `活动${row.number}已取消，已在“${nameOf(group)}”里说了一声。`),
      ];
}

/** Who means to come, or waits for a place. */
async function expecting({ db }: CadreHere, row: ActivityRow): Promise<readonly number[]> {
  const all = await signUpsOf(db, row.id);
  return all.filter(({ state }) => state !== 'leave').map(({ personId }) => personId);
}

/** The activity that was named, or the only one that is open; otherwise those that are. */
async function chosen(
  context: CadreHere,
  { number }: Wanted,
): Promise<{ readonly row: ActivityRow | undefined; readonly open: readonly ActivityRow[] }> {
  const open = await openActivities(context.db, context.group.id);
  const [only, ...others] = open;
  if (number === undefined) {
    if (!only) throw new CommandFault('no open activity', '现在没有可以取消的活动。发 /活动 列表 看看。');
    return { row: others.length === 0 ? only : undefined, open };
  }
  const row = await findActivity(context, number);
  if (row.closedAt !== undefined) throw new CommandFault('the activity is closed', closedBefore(row).say);
  return { row, open };
}

/** 签到: with the code shown on the spot; once a person, in the activity's hours (design.md, counting rules 6, 7). */
import { z } from 'zod';
import {
  checkInMarginMs,
  decideCheckIn,
  isCancelled,
  isCheckInOpen,
  wrongCodeSay,
} from '../../../domain/activities/activity.ts';
import { codeIn } from '../../../domain/activities/check-in-code.ts';
import { isRightCode } from '../../../domain/activities/rotating-code.ts';
import { dayOf } from '../../../domain/calendar/day.ts';
import {
  type ActivityRow,
  activityNumbered,
  checkedIn,
  checkIn as keep,
  latestActivities,
  unfinishedActivities,
} from '../../../prisma/store/activities.ts';
import { groupsJoinedBy } from '../../../prisma/store/cadres.ts';
import { forgetAttempts, mayTry, triedTooOften } from '../../../prisma/store/codes.ts';
import { action, type Context, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { quietly } from '../../dialogue/say.ts';

export const checkIn = defineCommand({
  name: '签到',
  aliases: ['到'],
  summary: '在活动现场签到',
  actions: [
    action({
      name: '',
      summary: '写上现场的四位签到码；同时有几个活动时，前面加活动编号',
      examples: ['/签到 1234', '/签到 2 1234'],
      who: 'youth',
      where: 'both',
      about: 'person',
      arguments: z.string().transform((typed, context) => {
        const found = codeIn(typed);
        if (found) return found;
        context.addIssue({ code: 'custom', message: '请写现场的四位签到码' });
        return z.NEVER;
      }),
      confirm: false,
      run,
    }),
  ],
});

async function run(
  context: Context,
  { code, number }: { readonly code: string; readonly number: number | undefined },
): Promise<readonly Saying[]> {
  const { db, person, event, now } = context;
  if (await triedTooOften(db, person.id, now))
    throw new CommandFault('too many wrong codes', '签到码试错太多次了，请过一小时再试，或请团干部帮忙。');
  // When it was said counts, not when the bot got round to it.
  const at = Math.min(event.at, now);
  const open = await here(context, at);
  const wanted = number === undefined ? open : open.filter((activity) => activity.number === number);
  if (wanted.length === 0 && (await wasCancelled(context, number)))
    throw new CommandFault('the activity was cancelled', `活动${number}取消了，不用签到。`);
  if (wanted.length === 0) {
    const ended = await justEnded(context, at, number);
    throw new CommandFault(
      'nothing to check in at',
      ended
        ? `“${ended.title}”的签到已经结束了。你来过的话，跟团干部说一声就好。`
        : '现在没有可以签到的活动。发 /活动 列表 看看时间。',
    );
  }
  const isRight = (activity: ActivityRow) => isRightCode(context.secret.hash, activity.id, code, at);
  const right = wanted.filter(isRight);
  const inHours = right.filter((activity) => isCheckInOpen(activity, at));
  const [only = wanted.length === 1 ? wanted[0] : undefined, another] = inHours.length > 0 ? inHours : right;
  if (another)
    throw new CommandFault(
      'several activities',
      '同时有几个活动用这个签到码，请在群里签，或在前面加活动编号，例如：/签到 2 1234',
    );
  if (!only) return wrong(context, wrongCodeSay);
  const already = (await checkedIn(db, only.id)).includes(person.id);
  const decision = decideCheckIn(only, isRight(only), at, already);
  if (decision.kind === 'fault') {
    if (!isRight(only) && !already && isCheckInOpen(only, at)) return wrong(context, decision.say);
    throw new CommandFault('no check-in', decision.say);
  }
  if (!(await keep(db, only.id, person.id, at)))
    throw new CommandFault('checked in before', `“${only.title}”你已经签到过了，不用再签。`);
  await forgetAttempts(db, person.id);
  return [quietly(context, `签到好了，谢谢你来参加“${only.title}”！`)];
}

/** A wrong code counts against guessing. */
async function wrong(context: Context, say: string): Promise<readonly Saying[]> {
  await mayTry(context.db, context.person.id, context.now);
  return [quietly(context, say)];
}

/** The activities that somebody could mean: of this group, or privately of all groups they are in. */
async function here({ db, chat, person, now }: Context, at: number): Promise<readonly ActivityRow[]> {
  const groups =
    chat.kind === 'group'
      ? [chat.groupId]
      : (await groupsJoinedBy(db, person.id, dayOf(now))).map(({ id }) => id);
  return unfinishedActivities(db, groups, at - checkInMarginMs);
}

/** Whether the activity with that number was cancelled: its card may still stand where cards do not change. */
async function wasCancelled({ db, chat }: Context, number: number | undefined): Promise<boolean> {
  if (chat.kind !== 'group' || number === undefined) return false;
  const row = await activityNumbered(db, chat.groupId, number);
  return row !== undefined && isCancelled(row);
}

/** An activity of this group that was closed before its hours of check-in were over. */
async function justEnded(
  { db, chat }: Context,
  at: number,
  number: number | undefined,
): Promise<ActivityRow | undefined> {
  if (chat.kind !== 'group') return undefined;
  const latest = await latestActivities(db, chat.groupId, 5);
  return latest.find(
    (row) =>
      row.closedAt !== undefined &&
      !isCancelled(row) &&
      isCheckInOpen(row, at) &&
      (number ?? row.number) === row.number,
  );
}

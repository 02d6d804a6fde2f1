/** What is said privately without the slash and yet is plainly meant for a command: it is offered, never done at once. */
import { checkInMarginMs, isCheckInOpen } from '../../domain/activities/activity.ts';
import { codeIn } from '../../domain/activities/check-in-code.ts';
import { dayOf } from '../../domain/calendar/day.ts';
import { unfinishedActivities } from '../../prisma/store/activities.ts';
import { groupsJoinedBy } from '../../prisma/store/cadres.ts';
import type { Saying, Situation } from '../dialogue/command.ts';
import { withItsCommand } from '../dialogue/guidance.ts';
import { addressOf, rolesOf } from '../dialogue/place.ts';
import { plain } from '../dialogue/plain.ts';
import type { Registry } from '../dialogue/registry.ts';
import { card, reply } from '../dialogue/say.ts';

/** “受理 1”: the command with its slash, where it is this person's to use here and reads whole; undefined otherwise. */
export async function actionMeant(
  situation: Situation,
  registry: Registry,
  text: string,
): Promise<Saying | undefined> {
  if (situation.chat.kind === 'group') return undefined;
  const reading = registry.read(text);
  if (reading.kind !== 'unknown') return undefined;
  const { roles } = await rolesOf(situation);
  const meant = reading.meant.filter(
    ({ action, rest }) =>
      roles.has(action.who) &&
      action.where !== 'group' &&
      rest !== '' &&
      action.read(rest).fault === undefined,
  );
  return meant.length > 0 ? withItsCommand(situation, meant, await addressOf(situation)) : undefined;
}

/** A bare check-in code, said while some activity of the person's can be checked in at; undefined otherwise. */
export async function codeMeant(situation: Situation, text: string): Promise<Saying | undefined> {
  const { db, chat, person, now } = situation;
  if (chat.kind === 'group' || codeIn(text) === undefined) return undefined;
  const groups = (await groupsJoinedBy(db, person.id, dayOf(now))).map(({ id }) => id);
  const open = (await unfinishedActivities(db, groups, now - checkInMarginMs)).filter((row) =>
    isCheckInOpen(row, now),
  );
  const [first] = open;
  if (!first) return undefined;
  const what = open.length === 1 ? `“${plain(first.title)}”` : '活动';
  return reply(
    situation,
    card('是签到码吗？', `要用它给${what}签到，点一下按钮（签到码一分钟就换，请马上点）。`, [
      { label: '签到', command: `/签到 ${plain(text)}`, style: 'primary' },
    ]),
  );
}

/** Which activity a cadre means. */
import { isCheckInOpen } from '../../../domain/activities/activity.ts';
import { type ActivityRow, activityNumbered, openActivities } from '../../../prisma/store/activities.ts';
import type { ContextFor } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { titleOf } from './activity-words.ts';

export type CadreHere = ContextFor<'cadre', 'group'>;

const mostButtons = 6;
const longestLabel = 16;

/** The activity with that number. Throws {@link CommandFault} when there is none. */
export async function findActivity({ db, group }: CadreHere, wanted: number): Promise<ActivityRow> {
  const row = await activityNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such activity', `没有活动${wanted}，发 /活动 列表 看看编号。`);
  return row;
}

/**
 * The activity with that number; without one the only open one, or the only one whose check-in is open now. Otherwise
 * the card that asks which. Throws {@link CommandFault} when there is none.
 */
export async function openActivity(
  context: CadreHere,
  number: number | undefined,
  title: string,
  command: string,
  rest = '',
): Promise<{ readonly row: ActivityRow } | { readonly ask: Draft }> {
  if (number !== undefined) return { row: await findActivity(context, number) };
  const open = await openActivities(context.db, context.group.id);
  const now = open.filter((row) => isCheckInOpen(row, context.now));
  const [only, ...others] = now.length > 0 ? now : open;
  if (!only) throw new CommandFault('no open activity', '现在没有发布了还没结束的活动。发 /活动 列表 看看。');
  return others.length === 0 ? { row: only } : { ask: choiceCard(title, open, { command, rest }) };
}

/** Several may be meant: a button each, which goes on with what was typed. */
export function choiceCard(
  title: string,
  rows: readonly ActivityRow[],
  { command, rest }: { readonly command: string; readonly rest: string },
): Draft {
  const shown = rows.slice(0, mostButtons);
  const more =
    rows.length > shown.length ? `\n还有 ${rows.length - shown.length} 个，发 /活动 列表 看编号。` : '';
  return card(
    title,
    `${shown.map(titleOf).join('\n')}${more}\n点一个，或发 ${command} 加编号。`,
    shown.map((row) => ({
      label: shortened(titleOf(row)),
      command: [command, `群#${row.groupId}`, String(row.number), rest].filter(Boolean).join(' '),
    })),
  );
}

function shortened(label: string): string {
  const chars = [...label];
  return chars.length > longestLabel ? `${chars.slice(0, longestLabel - 1).join('')}…` : label;
}

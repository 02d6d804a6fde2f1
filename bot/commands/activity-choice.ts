/** Which activity a cadre means. */
import { type ActivityRow, activityNumbered } from '../../prisma/store/activities.ts';
import type { Draft } from '../outbox/message.ts';
import { titleOf } from './activity-words.ts';
import type { ContextFor } from './command.ts';
import { CommandFault } from './fault.ts';
import { card } from './say.ts';

export type CadreHere = ContextFor<'cadre', 'group'>;

const mostButtons = 6;
const longestLabel = 16;

/** The activity with that number. Throws {@link CommandFault} when there is none. */
export async function findActivity({ db, group }: CadreHere, wanted: number): Promise<ActivityRow> {
  const row = await activityNumbered(db, group.id, wanted);
  if (!row) throw new CommandFault('no such activity', `没有活动${wanted}，发 /活动 列表 看看编号。`);
  return row;
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

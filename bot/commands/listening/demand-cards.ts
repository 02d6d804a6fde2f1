/** What the cadre is shown of a new demand. */

import { nameOf } from '../../dialogue/place.ts';
import { card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';

/** The text, what resembles it, and the next steps as buttons. */
export function demandCard(
  group: { readonly id: number; readonly name: string },
  { number, text }: { readonly number: number; readonly text: string },
  twins: { readonly text: string; readonly numbers: readonly number[] },
  note = '',
): Draft {
  return card(
    `“${nameOf(group)}”有新诉求：第 ${number} 号`,
    `${text}${note === '' ? '' : `\n${note}`}${twins.text}`,
    [
      { label: '受理', command: `/问题清单 受理 群#${group.id} ${number}`, style: 'primary' },
      { label: '看清单', command: `/问题清单 列表 群#${group.id}` },
      ...twins.numbers.map((twin) => ({
        label: `并到第 ${twin} 号`,
        command: `/问题清单 合并 群#${group.id} ${number} 到 ${twin}`,
      })),
    ],
  );
}

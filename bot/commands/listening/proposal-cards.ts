/** How proposals look to the cadre, whether a model made them or the rules; nothing in them has been said to anybody. */

import { card } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';

/** Kind and field of a demand, as a proposal. */
export function kindCard(
  proposal: {
    readonly number: number;
    readonly groupId: number;
    readonly kind: string;
    readonly field: string;
  },
  note: string,
): Draft {
  const { number, groupId, kind, field } = proposal;
  return card(`第 ${number} 号诉求：归类建议`, `类别：${kind}\n领域：${field}\n${note}`, [
    { label: '就归这一类', command: `/问题清单 归类 群#${groupId} ${number} ${kind} ${field}` },
  ]);
}

/** A quarter's problem list: the counts, and before them a summary where there is one. */
export function summaryCard(summary: string | undefined, counts: string, note: string): Draft {
  const said = summary === undefined ? '' : `${summary}\n\n`;
  return card('本季度问题清单小结', `${said}${counts}${note === '' ? '' : `\n${note}`}`);
}

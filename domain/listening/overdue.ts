/** How long a demand may wait before its cadre is reminded, privately. */
import { dayMs } from '../calendar/day.ts';
import type { Demand, DemandKind } from './demand.ts';

/** In days: to be accepted, and then to be answered, by kind. Defaults of ours: the documents name no number. */
const daysToAccept = 2;
const daysToAnswer: Readonly<Record<DemandKind | 'other', number>> = {
  思想困惑: 3,
  现实困难: 7,
  意见建议: 14,
  other: 7,
};

/** Whether a demand has waited too long at `now` (milliseconds); what the unit has in hand is the unit's. */
export function isOverdue(
  demand: Pick<Demand, 'state' | 'createdAt' | 'acceptedAt'> & { readonly kind: DemandKind | undefined },
  now: number,
): boolean {
  if (demand.state === 'open') return now - demand.createdAt > daysToAccept * dayMs;
  if (demand.state !== 'accepted') return false;
  return now - (demand.acceptedAt ?? demand.createdAt) > daysToAnswer[demand.kind ?? 'other'] * dayMs;
}

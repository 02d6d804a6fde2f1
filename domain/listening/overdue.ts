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

/**
 * Whether a demand has waited too long at `now` (milliseconds); what the unit has in hand is the unit's. Of an anonymous
 * one only the day is known (`dayOnly`): it has waited since that day was over, so that it is never said early.
 */
export function isOverdue(
  demand: Pick<Demand, 'state' | 'createdAt' | 'acceptedAt'> & {
    readonly kind: DemandKind | undefined;
    readonly dayOnly: boolean;
  },
  now: number,
): boolean {
  const askedAt = demand.createdAt + (demand.dayOnly ? dayMs : 0);
  if (demand.state === 'open') return now - askedAt > daysToAccept * dayMs;
  if (demand.state !== 'accepted') return false;
  return now - (demand.acceptedAt ?? askedAt) > daysToAnswer[demand.kind ?? 'other'] * dayMs;
}

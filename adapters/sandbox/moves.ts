/** Asia/Shanghai is UTC+8 the whole year. */
const zoneMs = 8 * 3_600_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Furthest single move: 400 days, in milliseconds. */
export const furthestMoveMs = 400 * dayMs;

export const moveNames = ['hour', 'tonight', 'morning', 'weekend', 'month-end', 'quarter-end'] as const;
export type MoveName = (typeof moveNames)[number];

/** A place the clock can be moved to; `to` in milliseconds since the epoch, always after the `now` it was made for. */
export interface Move {
  readonly name: MoveName;
  readonly label: string;
  readonly to: number;
}

/**
 * Where one may want to go from `now` (milliseconds since the epoch), in Asia/Shanghai. Evenings are 21:00, so that
 * the evening's reminder is due and the quiet hours (22:00–8:00) have not begun; ends of periods are 20:00 of their
 * last day. A moment that has passed becomes the next one of its kind, and its label says so.
 */
export function movesFrom(now: number): readonly Move[] {
  const today = Math.floor((now + zoneMs) / dayMs);
  const at = (day: number, hour: number): number => day * dayMs + hour * hourMs - zoneMs;
  const date = new Date(today * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const lastDayOf = (months: number): number => Date.UTC(year, months + 1, 0) / dayMs;
  const sunday = today + ((7 - date.getUTCDay()) % 7);
  const quarterEnd = month - (month % 3) + 2;

  const next = (name: MoveName, label: string, to: number, laterLabel: string, later: number): Move =>
    to > now ? { name, label, to } : { name, label: laterLabel, to: later };

  return [
    { name: 'hour', label: '+1 小时', to: now + hourMs },
    next('tonight', '今晚', at(today, 21), '明晚', at(today + 1, 21)),
    { name: 'morning', label: '明早', to: at(today + 1, 9) },
    next('weekend', '本周末', at(sunday, 20), '下周末', at(sunday + 7, 20)),
    next('month-end', '月底', at(lastDayOf(month), 20), '下月底', at(lastDayOf(month + 1), 20)),
    next('quarter-end', '季末', at(lastDayOf(quarterEnd), 20), '下季末', at(lastDayOf(quarterEnd + 3), 20)),
  ];
}

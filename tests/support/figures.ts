/** Groups counted from event lines, for the tests of the counting rules. */
import { readEvent } from '../../domain/event-file/event.ts';
import { Tally } from '../../domain/event-file/tally.ts';
import { figures, type GroupFigures } from '../../domain/presence/figures.ts';

/** An event line, before it is written as JSON. */
export type Fields = Record<string, unknown>;
let number = 0;
/** An event of the group `g`; `at` without year and offset. */
export const event = (type: string, at: string, fields: Fields = {}): Fields => ({
  id: `e${number++}`,
  at: `2026-${at}+08:00`,
  type,
  group: 'g',
  ...fields,
});
/** Somebody greets. */
export const says = (sender: string, at: string, fields: Fields = {}): Fields =>
  event('message', at, { sender, text: '大家早上好', ...fields });
/** `c` is bound as the cadre. */
export const bind = (at = '08-31T10:00:00', fields: Fields = {}): Fields =>
  event('group', at, { cadre: 'c', ...fields });

/** The figures of `g` after these lines. */
export function count(...lines: Fields[]): GroupFigures {
  const events = lines.map((line) => {
    const reading = readEvent(JSON.stringify(line));
    if (!reading.event) throw new Error(reading.why);
    return reading.event;
  });
  const tally = new Tally();
  const needed = events.map((one) => tally.add(one)).map((mark) => tally.needsSecond(mark));
  const second = tally.secondReading();
  for (const [i, one] of events.entries()) if (needed[i]) second.add(one);
  const group = second.finish().get('g')!;
  return figures(group.facts, group.messageDays);
}

/** Figures with nothing in them. */
export const nothing: GroupFigures = {
  voiceDays: [],
  unknownDays: [],
  weeks: {},
  topics: {},
  activeByDay: {},
  quarters: {},
  years: {},
};

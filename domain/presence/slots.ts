/**
 * The 48 half-hours of a day as bits of one number (design.md, The heart). 48 bits fit a safe integer, but not the
 * 32 bits that the bit operators work on: so they work on the two halves of the day, 24 bits each.
 */

/** A set of half-hours: bit i stands for minutes 30·i to 30·i+29 of the day. */
export type Slots = number;

/** How many half-hours a day has. */
export const slotsOfDay = 48;

const half = 2 ** 24;

const powers = Array.from({ length: slotsOfDay }, (_, i) => 2 ** i);

/** All of two sets. */
export function union(a: Slots, b: Slots): Slots {
  return (high(a) | high(b)) * half + (low(a) | low(b));
}

/** What two sets have in common. */
export function common(a: Slots, b: Slots): Slots {
  return (high(a) & high(b)) * half + (low(a) & low(b));
}

/** The set with half-hour i (0 to 47) added. */
export function withSlot(slots: Slots, i: number): Slots {
  return hasSlot(slots, i) ? slots : slots + (powers[i] ?? 0);
}

/** Whether half-hour i is in the set. Outside 0 to 47 nothing is. */
export function hasSlot(slots: Slots, i: number): boolean {
  const power = powers[i];
  return power !== undefined && Math.floor(slots / power) % 2 === 1;
}

/** The half-hours from one up to, not including, another; empty when there are none between. */
export function slotsBetween(from: number, until: number): Slots {
  const [first, end] = [Math.max(from, 0), Math.min(until, slotsOfDay)];
  return first < end ? 2 ** end - 2 ** first : 0;
}

/** How many half-hours are in the set. */
export function countSlots(slots: Slots): number {
  let count = 0;
  for (let bits = low(slots); bits !== 0; bits &= bits - 1) count++;
  for (let bits = high(slots); bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** Whether some half-hour of one set is the same as, or next to, one of the other (design.md, counting rule 3). */
export function touches(a: Slots, b: Slots): boolean {
  const [bLow, bHigh] = [low(b), high(b)];
  const nearLow = bLow | (bLow << 1) | (bLow >>> 1) | ((bHigh & 1) << 23);
  const nearHigh = bHigh | (bHigh << 1) | (bHigh >>> 1) | (bLow >>> 23);
  return (low(a) & nearLow) !== 0 || (high(a) & nearHigh) !== 0;
}

function low(slots: Slots): number {
  return slots % half;
}

function high(slots: Slots): number {
  return Math.floor(slots / half);
}

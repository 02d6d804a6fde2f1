import { expect, it, test } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { type ExemptTerm, endedExemption, isExemptIn, readExemption, writeExemption } from './exemption.ts';

const [march, august] = [dayFrom(2026, 3, 1), dayFrom(2026, 8, 31)];
const term = { reason: 'maternity', from: march, until: august } as const;

test.each<[stored: string, found: ExemptTerm | undefined]>([
  ['maternity/2026-03-01/2026-08-31', term],
  ['maternity/2026-03-01/', { ...term, until: undefined }],
  ['maternity', { reason: 'maternity', from: Number.NEGATIVE_INFINITY, until: undefined }],
  ['', undefined],
  ['gone/2026-03-01/', undefined],
])('%s is read as it was written', (stored, found) => {
  expect(readExemption(stored)).toEqual(found);
  if (found) expect(readExemption(writeExemption(found))).toEqual(found);
});

it('that ends today was until yesterday, and was none where it had not begun', () => {
  expect(endedExemption({ ...term, until: undefined }, august)).toEqual({ ...term, until: august - 1 });
  expect(endedExemption(term, august + 9)).toEqual(term);
  expect(endedExemption(term, march)).toBeUndefined();
  expect(readExemption(null)).toBeUndefined();
});

it('lies in every period that it touches by a day', () => {
  const within = (from: number, to: number, of: Parameters<typeof isExemptIn>[0] = term) =>
    isExemptIn(of, { from, to });
  expect([within(march - 9, march - 1), within(march - 9, march)]).toEqual([false, true]);
  expect([within(august, august + 9), within(august + 1, august + 9)]).toEqual([true, false]);
  expect(within(august + 1, august + 9, { from: march, until: undefined })).toBe(true);
  expect(isExemptIn(undefined, { from: march, to: august })).toBe(false);
});

import { expect, it } from 'vitest';
import { clockOf, readHour } from './hour.ts';

it.each([
  ['20:30', '20:30'],
  ['２０：３０', '20:30'],
  ['晚上8点半', '20:30'],
  ['8点', '20:00'],
  ['17:00', '17:00'],
  ['21:30', '21:30'],
  ['每晚 19点05分', '19:05'],
])('“%s” is %s', (text, clock) => {
  const read = readHour(text);
  expect(read.kind === 'minute' && clockOf(read.minute)).toBe(clock);
});

it.each(['16:59', '21:31', '23点', '7:60', '25:00', '明天', '', '20', '20:30 话题', '9'.repeat(99)])(
  '“%s” is none',
  (text) => {
    expect(readHour(text)).toMatchObject({ say: expect.stringContaining('17:00 到 21:30') });
  },
);

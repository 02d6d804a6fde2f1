import { expect, test } from 'vitest';
import { drawable } from './emoji.ts';
import { coverage, readFonts } from './font.ts';

test('every weight covers Chinese, rare characters of names and digits, and not what it lacks', async () => {
  for (const { data } of await readFonts()) {
    const covered = coverage(data);
    for (const c of '联青团䶮喆é0“…') expect(covered(c.codePointAt(0)!), c).toBe(true);
    for (const c of 'ئไ😀') expect(covered(c.codePointAt(0)!), c).toBe(false);
  }
});

test('what the font lacks goes, emoji stay', () => {
  const covered = (codePoint: number) => codePoint < 0x100;
  expect(drawable('a ئۇ b', covered)).toBe('a b');
  expect(drawable('hi👩‍🏫', covered)).toBe('hi👩‍🏫');
  expect(drawable('❤', covered)).toBe('❤\ufe0f');
});

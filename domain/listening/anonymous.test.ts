import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { carriedOnAt, passedOnAt, wishesAnonymity } from './anonymous.ts';

const hour = 3_600_000;
const bytes = fc.uint8Array({ minLength: 4, maxLength: 4 });

it('what is done is carried on at one of eleven full hours, whatever the minute at which it was done', () => {
  fc.assert(
    fc.property(fc.nat(), bytes, (now, lot) => {
      const at = carriedOnAt(now, () => lot);
      expect(at % hour).toBe(0);
      expect(at - now).toBeGreaterThan(hour);
      expect(at - now).toBeLessThanOrEqual(12 * hour);
      // The same lot at any minute of that hour comes to the same.
      expect(carriedOnAt(now - (now % hour), () => lot)).toBe(at);
    }),
  );
  const drawn = Array.from({ length: 256 }, (_, n) => carriedOnAt(0, () => Uint8Array.of(n, n, n, n)));
  expect(new Set(drawn).size).toBe(11);
});

it('an answer is passed on within two hours', () => {
  fc.assert(
    fc.property(fc.nat(), bytes, (now, lot) => {
      const later = passedOnAt(now, () => lot) - now;
      expect(later).toBeGreaterThanOrEqual(0);
      expect(later).toBeLessThan(2 * hour);
    }),
  );
});

test.each([
  ['匿名 热水坏了', true],
  ['（匿名）热水坏了', true],
  ['我想匿名反映：热水坏了', true],
  ['不署名，热水坏了', true],
  ['热水坏了，请帮我匿名', true],
  ['热水坏了（匿名）', true],
  ['热水坏了。别说是我说的！', true],
  ['热水坏了', false],
  ['宿舍里有人用匿名账号骂人，怎么办', false],
  ['为什么投票不能匿名投', false],
  ['', false],
])('“%s” asks for it: %s', (text, asks) => {
  expect(wishesAnonymity(text)).toBe(asks);
});

import { expect, test } from 'vitest';
import { Latest } from './latest.ts';
import { Member } from './member.ts';

const moment = (at: number, eventId = 'e') => ({ at, eventId });

test('the latest statement holds, whenever it is heard; of one instant the greater id', () => {
  const name = new Latest<string>();
  expect(name.value).toBeUndefined();
  name.state(moment(2, 'b'), 'second');
  name.state(moment(1, 'z'), 'first');
  expect(name.value).toBe('second');
  name.state(moment(2, 'a'), 'smaller id');
  expect(name.value).toBe('second');
  name.state(moment(2, 'c'), 'greater id');
  expect(name.value).toBe('greater id');
});

test('a member keeps the latest name through statements without one', () => {
  const member = new Member();
  member.state(moment(3), undefined, false);
  member.state(moment(1), '小青', true);
  member.state(moment(2), undefined, true);
  expect([member.name, member.here]).toEqual(['小青', false]);
  member.state(moment(4), '小联', true);
  expect([member.name, member.here]).toEqual(['小联', true]);
});

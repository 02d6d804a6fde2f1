import { expect, it } from 'vitest';
import { samplePeople, youthId } from './people.ts';

it('gives a cadre and a hundred youths, each with an id of their own', () => {
  const people = samplePeople();
  expect(people).toHaveLength(101);
  expect(people.filter((p) => p.role === 'cadre').map((p) => p.id)).toEqual(['cadre']);
  expect(new Set(people.map((p) => p.id)).size).toBe(101);
  expect(people[100]?.id).toBe(youthId(100));
});

it('has names that try the rest of the program', () => {
  const names = samplePeople().map((p) => p.name);
  expect(names.filter((name) => name === '王梓涵')).toHaveLength(2);
  expect(new Set(names).size).toBe(100);
  for (const part of ['㛃', '喆', '𬱖', '·', '🌟'])
    expect(names.some((name) => name.includes(part))).toBe(true);
  expect(Math.max(...names.map((name) => name.length))).toBeGreaterThan(30);
});

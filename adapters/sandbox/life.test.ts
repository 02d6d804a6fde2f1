import { appendFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { group, Place, type SeenEntry } from './testing.ts';

let place: Place;
beforeEach(async () => {
  place = await Place.begin();
});
afterEach(() => place.end());

it('has a cadre and a hundred youths, two of one name, and tells once that the bot was added', async () => {
  const members = await place.sandbox.members('group');
  expect(members).toHaveLength(101);
  expect(members.filter((m) => m.name === '王梓涵')).toHaveLength(2);
  expect(members.some((m) => (m.name ?? '').length > 30)).toBe(true);
  expect(members.some((m) => m.name?.includes('·'))).toBe(true);
  await expect.poll(() => place.ofType('bot-added').length).toBe(1);
  await place.restart();
  await place.sandbox.stopHearing();
  expect(place.ofType('bot-added')).toHaveLength(0);
});

it('keeps conversation, people and account over a restart', async () => {
  await place.post('say', { as: 'cadre', where: 'group', text: '大家好' });
  await place.post('join', { name: '新同学' });
  await place.post('leave', { person: 'youth-003' });
  await place.sandbox.send(group, { type: 'text', text: '你好' }, { key: 'k' });
  const { account } = place.sandbox;
  const before = await place.entries('group', 'group');
  await place.restart();
  expect(place.sandbox.account).toBe(account);
  const strip = (all: readonly SeenEntry[]) => all.map((entry) => ({ ...entry, waiting: undefined }));
  expect(strip(await place.entries('group', 'group'))).toEqual(strip(before));
  const names = (await place.sandbox.members('group')).map((m) => m.name);
  expect(names).toContain('新同学');
  expect(names).not.toContain('陈雨桐');
});

it('begins another account when its data are new', async () => {
  const { account } = place.sandbox;
  await place.sandbox.stop();
  await rm(place.dataDir, { recursive: true });
  place.sandbox = await place.open();
  expect(place.sandbox.account).not.toBe(account);
});

it('leaves out a line torn by a crash and writes on after it', async () => {
  await place.post('say', { as: 'cadre', where: 'group', text: '完整的一句' });
  await place.sandbox.stop();
  await appendFile(join(place.dataDir, 'sandbox.jsonl'), '{"seq":99,"type":"said","id":"to');
  await place.restart();
  await place.post('say', { as: 'cadre', where: 'group', text: '之后的一句' });
  await place.restart();
  const said = (await place.entries('group', 'group')).filter((e) => e.type === 'said');
  expect(said).toHaveLength(2);
  expect(await readFile(join(place.dataDir, 'sandbox.jsonl'), 'utf8')).not.toContain('"id":"to{');
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { noon, Place } from './testing.ts';
import { texts } from './texts.ts';

let place: Place;
beforeEach(async () => {
  place = await Place.begin();
});
afterEach(() => place.end());

it('counts as listening from its creation on, over downtime and moves of the clock', async () => {
  await place.sandbox.stop();
  place.clock += 3 * 86_400_000;
  await place.start();
  await expect
    .poll(() => place.ofType('listening'))
    .toContainEqual({ type: 'listening', from: noon - 86_400_000, until: place.clock });
  const start = place.clock;
  expect((await place.post('clock', { move: 'tonight' })).status).toBe(200);
  expect(place.clock).toBe(noon + 3 * 86_400_000 + 9 * 3_600_000);
  expect(place.ofType('listening')).toContainEqual({ type: 'listening', from: start, until: place.clock });
});

it('tells of the jumped time before due jobs run', async () => {
  await place.sandbox.stop();
  let heardBeforeJobs: number | undefined;
  await place.start({
    advance: async (to, heard) => {
      place.clock = to;
      await heard();
      const last = place.ofType('listening').at(-1);
      heardBeforeJobs = last?.type === 'listening' ? last.until : undefined;
    },
  });
  await place.post('clock', { move: 'hour' });
  expect(heardBeforeJobs).toBe(noon + 3_600_000);
});

it('claims no listening beyond what the bot has not taken yet', async () => {
  await place.sandbox.stop();
  await place.start({}, async (event) => {
    if (event.type === 'message') throw new Error('busy');
    place.events.push(event);
  });
  place.clock += 60_000;
  await place.post('say', { as: 'cadre', where: 'group', text: '收不下' });
  const said = place.clock;
  place.clock += 60_000;
  await place.sandbox.stopHearing();
  const until = place.ofType('listening').map((event) => (event.type === 'listening' ? event.until : 0));
  expect(Math.max(...until)).toBe(said);
});

it('moves the clock forward only, and not past its bound', async () => {
  expect((await place.post('clock', { to: place.clock - 1 })).body.error).toBe(texts.clockBack);
  expect((await place.post('clock', { to: place.clock + 401 * 86_400_000 })).body.error).toBe(
    texts.clockTooFar,
  );
  expect(place.clock).toBe(noon);
});

import { expect, it } from 'vitest';
import { dispatcherOf } from './dispatcher.ts';
import { loadSdk } from './sdk.ts';
import { logLines } from './testing.ts';

const unchecked = { needCheck: false };

async function dispatcher() {
  const taken: [type: string, data: unknown][] = [];
  const hearing = {
    take: async (type: string, data: unknown) => {
      taken.push([type, data]);
      return undefined;
    },
  };
  let alive = 0;
  const made = dispatcherOf(await loadSdk(), logLines().log, hearing, { alive: () => alive++ });
  return { made, taken, alive: () => alive };
}

const header = { event_id: 'e1', event_type: 'im.message.receive_v1', create_time: '1' };

it('hands a message over as it is, and any other event flattened by the SDK', async () => {
  const { made, taken, alive } = await dispatcher();
  const said = { sender: {}, message: { message_id: 'om_1' } };
  await made.invoke({ schema: '2.0', header, event: said }, unchecked);
  const type = 'im.chat.disbanded_v1';
  await made.invoke(
    { schema: '2.0', header: { ...header, event_type: type }, event: { chat_id: 'oc' } },
    unchecked,
  );
  expect(taken).toEqual([
    ['im.message.receive_v1', said],
    [type, expect.objectContaining({ event_id: 'e1', chat_id: 'oc' })],
  ]);
  expect(alive()).toBe(2);
});

it.each([
  ['nothing', undefined],
  ['no object', 'im.message.receive_v1'],
  ['a header that is none', { schema: '2.0', header: 'im.message.receive_v1', event: {} }],
  ['an event of the old shape', { uuid: 'u', event: { type: 'im.message.receive_v1x' } }],
  [
    'an event that nobody asked for',
    { schema: '2.0', header: { ...header, event_type: 'im.new' }, event: {} },
  ],
])('leaves %s alone', async (_what, data) => {
  const { made, taken } = await dispatcher();
  await made.invoke(data, unchecked).catch(() => undefined);
  expect(taken).toEqual([]);
});

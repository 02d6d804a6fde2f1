import { afterEach, expect, it, vi } from 'vitest';
import type { MessageEvent } from '../adapter.ts';
import { adapterOn, listener, school } from './testing.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function sent(bytes: Buffer, kind: 'image' | 'file' = 'image') {
  const feishu = await school();
  endings.push(() => feishu.stop());
  const adapter = await adapterOn(feishu);
  endings.push(() => adapter.stop());
  const heard = listener();
  await adapter.start(heard.sink);
  await feishu.connected();
  feishu.user('ou_ann').sends(kind, { bytes });
  await vi.waitFor(() => expect(heard.events).toHaveLength(1));
  return { adapter, picture: heard.events[0] as MessageEvent };
}

it('a picture sent to the bot can be fetched, byte for byte', async () => {
  const bytes = Buffer.from([0xff, 0xd8, 0xff, 0x00, 0x80, 0x0a, 0x7b, 0x22]);
  const { adapter, picture } = await sent(bytes);
  expect(picture).toMatchObject({ kind: 'image', text: '', chat: { kind: 'private' } });
  expect(Buffer.from((await adapter.download?.(picture, 100)) ?? [])).toEqual(bytes);
});

it('so can a file, which is asked for as one', async () => {
  const bytes = Buffer.from('%PDF-1.7');
  const { adapter, picture } = await sent(bytes, 'file');
  expect(picture).toMatchObject({ kind: 'file', file: { id: expect.any(String) } });
  expect(Buffer.from((await adapter.download?.(picture, 100)) ?? [])).toEqual(bytes);
});

it('one that is too large, gone or not the message’s is refused', async () => {
  const { adapter, picture } = await sent(Buffer.alloc(200));
  await expect(adapter.download?.(picture, 100)).rejects.toMatchObject({ outcome: 'refused' });
  const other = { ...picture, file: { id: 'img_other' } };
  await expect(adapter.download?.(other, 1_000)).rejects.toMatchObject({ name: 'FeishuError' });
  await expect(adapter.download?.({ ...picture, file: undefined }, 1_000)).rejects.toThrow('no picture');
});

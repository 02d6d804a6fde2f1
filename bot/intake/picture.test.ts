import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MessageEvent } from '../../adapters/adapter.ts';
import { type Actor, openStage, type Stage } from '../commands/testing.ts';
import { Photos } from '../photos/photos.ts';
import { maxPhotoBytes } from '../photos/reencode.ts';
import { pictureOf } from './picture.ts';

let stage: Stage;
let cadre: Actor;
let folder = '';
let asked = 0;
beforeEach(async () => {
  asked = 0;
  folder = await mkdtemp(join(tmpdir(), 'lianqing-picture-'));
  stage = await openStage();
  cadre = await stage.cadre('李老师', await stage.group('一班'));
});
afterEach(async () => {
  await stage.database.close();
  await rm(folder, { recursive: true });
});

const sent = (actor: Actor, more: Partial<MessageEvent> = {}): MessageEvent => ({
  type: 'message',
  id: 'picture-1',
  at: stage.now,
  chat: { kind: 'private', id: actor.externalId },
  sender: { id: actor.externalId },
  kind: 'image',
  text: '',
  mentions: [],
  mentionsBot: false,
  file: { id: 'file-1', size: 100 },
  ...more,
});
const fetched = (event: MessageEvent, bytes: Uint8Array, photos: Photos | undefined = new Photos(folder)) =>
  pictureOf(event, {
    database: stage.database,
    accountId: stage.accountId,
    adapter: {
      download: async () => {
        asked++;
        return bytes;
      },
    },
    photos,
    now: stage.now,
  });
const picture = () =>
  sharp({ create: { width: 3, height: 2, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
const record = async () => {
  await cadre.whispers('/记 走访 昨天 电气系宿舍');
  await cadre.whispers('是');
};

it('a picture that was asked for is fetched and kept', async () => {
  await record();
  const kept = await fetched(sent(cadre), await picture());
  expect(kept).toMatchObject({ kind: 'kept' });
  expect(await readdir(folder)).toEqual([kept?.kind === 'kept' ? kept.file : '']);
});

it('so is a document', async () => {
  await record();
  const pdf = Buffer.from('%PDF-1.7 report');
  const kept = await fetched(sent(cadre, { kind: 'file' }), pdf);
  expect(kept).toEqual({ kind: 'kept', file: expect.stringMatching(/^[0-9a-f]{32}\.pdf$/) });
  const large = { kind: 'file', file: { id: 'f', size: maxPhotoBytes + 1 } } as const;
  expect(await fetched(sent(cadre, large), pdf)).toMatchObject({
    say: expect.stringContaining('文件太大了'),
  });
});

it('nobody else’s picture is looked at, nor one in a group or that nothing waits for', async () => {
  const bytes = await picture();
  expect(await fetched(sent(cadre), bytes)).toBeUndefined();
  await record();
  const youth = await stage.person('小明');
  expect(await fetched(sent(youth), bytes)).toBeUndefined();
  expect(await fetched(sent(cadre, { chat: { kind: 'group', id: 'group-一班' } }), bytes)).toBeUndefined();
  expect(await fetched(sent(cadre, { kind: 'video' }), bytes)).toBeUndefined();
  stage.now += 31 * 60_000;
  expect(await fetched(sent(cadre), bytes)).toBeUndefined();
  expect(asked).toBe(0);
});

it('what cannot be kept says why; what may pass is thrown, to be tried again', async () => {
  await record();
  const fault = (say: string) => ({ kind: 'fault', say: expect.stringContaining(say) });
  expect(await fetched(sent(cadre), Buffer.from('no picture'))).toEqual(fault('不是我认得的照片或文件'));
  expect(await fetched(sent(cadre, { file: { id: 'f', size: maxPhotoBytes + 1 } }), await picture())).toEqual(
    fault('照片太大了'),
  );
  expect(await fetched(sent(cadre, { file: undefined }), await picture())).toEqual(fault('收不到照片和文件'));
  const failing = { download: () => Promise.reject(new Error('no answer')) };
  await expect(
    pictureOf(sent(cadre), {
      database: stage.database,
      accountId: stage.accountId,
      adapter: failing,
      photos: new Photos(folder),
      now: stage.now,
    }),
  ).rejects.toThrow('no answer');
  expect(await readdir(folder)).toEqual([]);
});

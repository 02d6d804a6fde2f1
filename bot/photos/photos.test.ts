import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Photos } from './photos.ts';
import { maxPhotoBytes, reencode } from './reencode.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#c81e1e' } });

describe('a picture', () => {
  it('is drawn anew upright and small, without where and by what it was taken', async () => {
    const exif = { IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '31/1 12/1 0/1' } };
    const sent = await picture(3000, 2000).withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect((await sharp(sent).metadata()).exif).toBeDefined();
    const kept = await reencode(sent);
    const { format, width, height, exif: left, icc, orientation } = await sharp(kept).metadata();
    expect({ format, width, height, left, icc, orientation }).toEqual({
      format: 'jpeg',
      width: 1067,
      height: 1600,
      left: undefined,
      icc: undefined,
      orientation: undefined,
    });
    expect(Buffer.from(kept).toString('latin1')).not.toContain('SecretPhone');
  });

  it.each(['png', 'webp', 'gif'] as const)('may be a %s', async (format) => {
    const kept = await reencode(await picture(30, 20).toFormat(format).toBuffer());
    expect((await sharp(kept).metadata()).format).toBe('jpeg');
  });

  it.each([
    ['text', Buffer.from('hello')],
    ['a page', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')],
    ['nothing', Buffer.alloc(0)],
    ['half a picture', Buffer.from('\xff\xd8\xff\xe0\x00\x10JFIF', 'latin1')],
    ['too much', Buffer.alloc(maxPhotoBytes + 1)],
  ])('is refused where it is %s', async (_, bytes) => {
    await expect(reencode(bytes)).rejects.toMatchObject({ forPerson: expect.stringMatching(/照片/) });
  });

  it('with too many pixels for its bytes is refused', async () => {
    const bomb = await picture(9_000, 9_000).png().toBuffer();
    expect(bomb.byteLength).toBeLessThan(maxPhotoBytes);
    await expect(reencode(bomb)).rejects.toMatchObject({ forPerson: expect.stringContaining('打不开') });
  });
});

describe('the folder', () => {
  let folder = '';
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'lianqing-photos-')), 'photos');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  it('keeps pictures under random names that only its account reads', async () => {
    const photos = new Photos(folder);
    expect(await photos.writtenBefore(Number.POSITIVE_INFINITY)).toEqual([]);
    const sent = await picture(30, 20).png().toBuffer();
    const [one, other] = [await photos.keep(sent), await photos.keep(sent)];
    expect(one).toMatch(/^[0-9a-f]{32}\.jpg$/);
    expect(one).not.toBe(other);
    expect((await stat(join(folder, one))).mode & 0o777).toBe(0o600);
    expect((await photos.read(one))?.byteLength).toBeGreaterThan(100);
    await expect(photos.keep(Buffer.from('x'))).rejects.toMatchObject({ name: 'PhotoFault' });
    expect(await readdir(folder)).toHaveLength(2);
    await photos.remove(one);
    expect(await photos.read(one)).toBeUndefined();
  });

  it('gives out and deletes nothing else', async () => {
    const photos = new Photos(folder);
    const name = await photos.keep(await picture(3, 2).png().toBuffer());
    await writeFile(join(folder, '..', 'secret.key'), 'x');
    expect(await photos.read('../secret.key')).toBeUndefined();
    await photos.remove('../secret.key');
    expect(await readdir(join(folder, '..'))).toContain('secret.key');
    await writeFile(join(folder, 'note.txt'), 'x');
    await utimes(join(folder, name), 10, 10);
    await utimes(join(folder, 'note.txt'), 10, 10);
    expect(await photos.writtenBefore(20_000)).toEqual([name]);
    expect(await photos.writtenBefore(10_000)).toEqual([]);
  });
});

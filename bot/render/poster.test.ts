import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { drawPoster } from './poster.ts';

const poster = {
  title: '夜跑\u202e，一起跑三公里😀',
  lines: ['9月5日（周六）14:00-16:00', '操场东门旗杆下', '名额 30 人，满了可以候补', '计科2班同学群'],
  qr: { text: '/报名 1', caption: '扫一扫，把得到的那行字发到群里就报名了。来不来都随你' },
};

it('is a picture of the usual width, whose code changes with what it says', async () => {
  const drawn = await drawPoster(poster);
  if (process.env.SHOW_PICTURES) await writeFile(process.env.SHOW_PICTURES, drawn);
  expect(await sharp(drawn).metadata()).toMatchObject({ format: 'png', width: 900 });
  const other = await drawPoster({ ...poster, qr: { ...poster.qr, text: '/报名 2' } });
  expect(Buffer.from(other).equals(Buffer.from(drawn))).toBe(false);
});

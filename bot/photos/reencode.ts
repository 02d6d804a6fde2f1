/** From whatever was sent as a picture to one that says nothing but what is seen on it. */
import sharp from 'sharp';

/** Largest picture that is taken, in bytes and in pixels. */
export const maxPhotoBytes = 10 * 1024 * 1024;
const maxPixels = 50_000_000;
/** Longer side of what is kept, in pixels. */
const keptSide = 1600;

/** What is sent is no picture that can be kept; `forPerson` says why. */
export class PhotoFault extends Error {
  override readonly name = 'PhotoFault';
  readonly forPerson: string;
  constructor(message: string, forPerson: string) {
    super(message);
    this.forPerson = forPerson;
  }
}

const signatures: readonly (readonly [offset: number, bytes: string])[] = [
  [0, '\x89PNG\r\n\x1a\n'],
  [0, '\xff\xd8\xff'],
  [0, 'GIF8'],
  [8, 'WEBP'],
];

/** Whether the bytes begin as a picture does that {@link reencode} may take. */
export function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return signatures.some(([offset, text]) => head.startsWith(text, offset));
}

// Pictures come seldom: libvips need not hold memory or threads for them.
sharp.cache(false);
sharp.concurrency(1);

/**
 * Draws a PNG, JPEG, GIF (its first frame) or WebP anew as a JPEG: upright, at most {@link keptSide} pixels, without
 * EXIF, place, thumbnail or profile. The bytes decide what it is, not its name. Throws {@link PhotoFault}.
 */
export async function reencode(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.byteLength > maxPhotoBytes)
    throw new PhotoFault(
      'the picture is too large',
      `照片太大了，请发 ${maxPhotoBytes / 1024 / 1024} MB 以内的。`,
    );
  if (!isPicture(bytes))
    throw new PhotoFault('no known kind of picture', '这不是我认得的照片，请发 JPG、PNG、GIF 或 WebP。');
  try {
    return await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
      .autoOrient()
      .resize({ width: keptSide, height: keptSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82 })
      .toBuffer();
  } catch {
    throw new PhotoFault('the picture cannot be drawn', '这张照片打不开，可能没传完整，请重新发一次。');
  }
}

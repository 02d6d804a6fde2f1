import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame } from './frames.ts';
import { partsOf } from './multipart.ts';

test('a frame reads as it was written', () => {
  fc.assert(
    fc.property(
      fc.record({
        seqId: fc.nat(),
        logId: fc.maxSafeNat(),
        service: fc.nat(),
        method: fc.constantFrom(0, 1),
        headers: fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.string(), { noNullPrototype: true }),
        payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      }),
      (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame);
      },
    ),
  );
});

test('bytes that are no frame are refused, never read for ever', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decodeFrame(Buffer.from(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  );
});

test('a form gives back its bytes, with a file name or without', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, named) => {
      const body = Buffer.concat([
        Buffer.from('--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nmessage\r\n'),
        Buffer.from(
          `--b\r\nContent-Disposition: form-data; name="f"${named ? '; filename="a.png"' : ''}\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n--b--\r\n'),
      ]);
      fc.pre(!Buffer.from(bytes).includes('\r\n--b'));
      const parts = partsOf('multipart/form-data; boundary=b', body);
      expect(parts?.get('kind')?.bytes.toString()).toBe('message');
      expect(parts?.get('f')?.bytes).toEqual(Buffer.from(bytes));
      expect(parts?.get('f')?.fileName).toBe(named ? 'a.png' : undefined);
    }),
  );
});

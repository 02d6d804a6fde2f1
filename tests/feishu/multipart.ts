/** One part of a form; `name` as given, whether or not the part has a file name (the SDK sends bytes without one). */
export interface Part {
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

/** Reads a `multipart/form-data` body; undefined where it is none. */
export function partsOf(contentType: string, body: Buffer): ReadonlyMap<string, Part> | undefined {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (boundary === undefined) return undefined;
  const mark = Buffer.from(`--${boundary}`);
  const parts = new Map<string, Part>();
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length;
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), start);
    const headEnd = body.indexOf('\r\n\r\n', start);
    if (next < 0 || headEnd < 0) break;
    const head = body.subarray(start, headEnd).toString();
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1];
    if (name !== undefined) {
      parts.set(name, {
        fileName: /filename="([^"]*)"/.exec(head)?.[1],
        bytes: body.subarray(Math.min(headEnd + 4, next), next),
      });
    }
    at = next + 2;
  }
  return parts;
}

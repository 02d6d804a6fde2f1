/**
 * The long connection's frames: protobuf message `pbbp2.Frame`, written and read by hand so that the tests need no
 * package of their own. Fields: SeqID 1, LogID 2 (uint64), service 3, method 4 (int32), headers 5 (key 1, value 2),
 * payload_encoding 6, payload_type 7, payload 8, LogIDNew 9.
 */

/** One frame. `method` 0 is control (ping, pong), 1 is data (an event, or the answer to one). */
export interface Frame {
  readonly seqId: number;
  readonly logId: number;
  readonly service: number;
  readonly method: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

function field(number: number, content: Uint8Array | string): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
}

/** Writes a frame. */
export function encodeFrame(frame: Frame): Buffer {
  return Buffer.concat([
    varint(8),
    varint(frame.seqId),
    varint(16),
    varint(frame.logId),
    varint(24),
    varint(frame.service),
    varint(32),
    varint(frame.method),
    ...Object.entries(frame.headers).map(([key, value]) =>
      field(5, Buffer.concat([field(1, key), field(2, value)])),
    ),
    field(8, frame.payload),
  ]);
}

interface Field {
  readonly number: number;
  readonly value: number;
  readonly bytes: Buffer;
}

function* fields(buffer: Buffer): Generator<Field> {
  let at = 0;
  const next = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer[at];
      if (byte === undefined || shift > 63n) throw new Error('a truncated varint in a frame');
      at += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < buffer.length) {
    const tag = next();
    if (tag % 8 === 0) {
      yield { number: tag >> 3, value: next(), bytes: Buffer.alloc(0) };
    } else if (tag % 8 === 2) {
      const length = next();
      if (length < 0 || at + length > buffer.length) throw new Error('a truncated field in a frame');
      yield { number: tag >> 3, value: 0, bytes: buffer.subarray(at, at + length) };
      at += length;
    } else {
      throw new Error(`wire type ${tag % 8} in a frame`);
    }
  }
}

/** Reads a frame. Throws on anything that is not one. */
export function decodeFrame(buffer: Buffer): Frame {
  const numbers = new Map<number, number>();
  const headers: Record<string, string> = {};
  let payload = Buffer.alloc(0);
  for (const each of fields(buffer)) {
    if (each.number <= 4) numbers.set(each.number, each.value);
    if (each.number === 8) payload = Buffer.from(each.bytes);
    if (each.number === 5) {
      const parts = new Map([...fields(each.bytes)].map((part) => [part.number, part.bytes.toString()]));
      headers[parts.get(1) ?? ''] = parts.get(2) ?? '';
    }
  }
  const required = (number: number): number => {
    const value = numbers.get(number);
    if (value === undefined) throw new Error(`field ${number} is missing from a frame`);
    return value;
  };
  return {
    seqId: required(1),
    logId: required(2),
    service: required(3),
    method: required(4),
    headers,
    payload,
  };
}

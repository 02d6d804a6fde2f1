import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's side of one WebSocket (RFC 6455), with the means to misbehave: half a frame, silence. */
export interface Socket {
  /** Sends one binary message; nothing while silent. */
  send(payload: Buffer): void;
  /** Sends the first part of a binary message and cuts the connection. */
  sendHalf(payload: Buffer): void;
  /** From now on nothing is sent or answered, while the socket stays open. */
  silence(on: boolean): void;
  /** Closes with the closing handshake. */
  close(code: number): void;
  /** Cuts the connection without a word. */
  destroy(): void;
}

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const largestMessage = 4 * 1024 * 1024;

function frameOf(opcode: number, payload: Buffer): Buffer {
  const length = payload.length;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  if (length < 65_536) {
    return Buffer.concat([Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]), payload]);
  }
  const head = Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}

interface Piece {
  readonly last: boolean;
  readonly opcode: number;
  readonly payload: Buffer;
  readonly size: number;
}

/** Reads one masked frame from the start of `buffer`; undefined until it is whole. */
function pieceOf(buffer: Buffer): Piece | undefined {
  if (buffer.length < 2) return undefined;
  const short = (buffer[1] ?? 0) & 127;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (buffer.length < 6 + extra) return undefined;
  const length =
    short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
  if (length > largestMessage) throw new Error('a WebSocket frame over the limit');
  const start = 6 + extra;
  if (buffer.length < start + length) return undefined;
  const mask = buffer.subarray(start - 4, start);
  const payload = Buffer.from(buffer.subarray(start, start + length));
  for (let i = 0; i < length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0);
  const first = buffer[0] ?? 0;
  return { last: (first & 0x80) !== 0, opcode: first & 15, payload, size: start + length };
}

/** Answers the handshake and reads the messages of the client. `onClose` is called once, however it ended. */
export function acceptSocket(
  request: IncomingMessage,
  stream: Duplex,
  onMessage: (payload: Buffer) => void,
  onClose: () => void,
): Socket {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1').update(`${key}${guid}`).digest('base64');
  stream.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let silent = false;
  let waiting = Buffer.alloc(0);
  let pieces: Buffer[] = [];
  const write = (opcode: number, payload: Buffer): void => {
    if (!silent && stream.writable) stream.write(frameOf(opcode, payload));
  };
  const take = (piece: Piece): void => {
    if (piece.opcode === 8) {
      write(8, piece.payload);
      if (!silent) stream.end();
    } else if (piece.opcode === 9) {
      write(10, piece.payload);
    } else if (piece.opcode < 3) {
      pieces.push(piece.payload);
      if (!piece.last) return;
      const message = Buffer.concat(pieces);
      pieces = [];
      if (!silent) onMessage(message);
    }
  };
  stream.on('data', (chunk: Buffer) => {
    try {
      waiting = Buffer.concat([waiting, chunk]);
      for (let piece = pieceOf(waiting); piece; piece = pieceOf(waiting)) {
        waiting = waiting.subarray(piece.size);
        take(piece);
      }
    } catch {
      stream.destroy();
    }
  });
  stream.on('error', () => stream.destroy());
  stream.once('close', onClose);
  return {
    send: (payload) => write(2, payload),
    sendHalf: (payload) => {
      const whole = frameOf(2, payload);
      stream.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => stream.destroy());
    },
    silence: (on) => {
      silent = on;
    },
    close: (code) => {
      write(8, Buffer.from([code >> 8, code & 255]));
      stream.end();
    },
    destroy: () => stream.destroy(),
  };
}

import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorAnswer } from './faults.ts';
import { decodeFrame, encodeFrame, type Frame } from './frames.ts';
import { acceptSocket, type Socket } from './socket.ts';

/** What came of one attempt to hand an event over. `failed` says why there is no answer. */
export interface Reply {
  readonly code?: number;
  /** What the handler returned, decoded. */
  readonly data?: unknown;
  readonly failed?: 'timeout' | 'closed' | 'no connection' | 'stopped';
}

/** Seconds, as the endpoint and each pong tell them to the SDK; fractions are taken. */
export interface ClientConfig {
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
  readonly PingInterval: number;
}

interface Open {
  readonly id: string;
  /** It pinged. The SDK pings when it is open, and loses what comes before that, in one packet with the handshake. */
  ready: boolean;
  readonly socket: Socket;
  readonly waiting: Map<string, (reply: Reply) => void>;
}

const serviceId = 33554678;

/** The long connections of the app, and the endpoint that hands out their address. */
export class Connections {
  readonly #open = new Set<Open>();
  readonly #tickets = new Set<string>();
  readonly #random: () => number;
  /** Change it to change what the endpoint and the pongs say. */
  config: ClientConfig;
  /** While set, the endpoint answers with this; `data` tells whether the error carries a `data` object. */
  refusal: (ErrorAnswer & { readonly data?: boolean }) | undefined;
  /** While set, the WebSocket handshake is answered with this HTTP status. */
  handshakeRefusal: number | undefined;
  /** While set, control pings get no pong, though events still flow. */
  noPongs = false;
  /** The next event is cut off after half of its frame, and the connection with it. */
  cutNext = false;
  /** Connections accepted so far, pings heard so far. */
  accepted = 0;
  pings = 0;
  #silent = false;

  constructor(config: ClientConfig, random: () => number) {
    this.config = config;
    this.#random = random;
  }

  /** Connections that can take events. */
  get count(): number {
    return this.#ready().length;
  }

  #ready(): Open[] {
    return [...this.#open].filter((open) => open.ready);
  }

  /** An address with a ticket that is good once. `service_id` is not its first parameter, as with Feishu. */
  address(port: number): string {
    const ticket = randomBytes(16).toString('hex');
    this.#tickets.add(ticket);
    if (this.#tickets.size > 1000) this.#tickets.clear();
    const device = randomBytes(8).readBigUInt64BE().toString();
    return `ws://127.0.0.1:${port}/ws/v2?fpid=493&aid=552564&device_id=${device}&access_key=${randomBytes(16).toString('hex')}&service_id=${serviceId}&ticket=${ticket}`;
  }

  /** Takes the upgrade of an HTTP connection. */
  upgrade(request: IncomingMessage, stream: Duplex): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    const status = this.handshakeRefusal ?? (this.#tickets.delete(ticket) ? undefined : 403);
    if (status !== undefined) {
      stream.end(
        `HTTP/1.1 ${status} Refused\r\nHandshake-Status: ${status}\r\nHandshake-Msg: refused\r\nContent-Length: 0\r\n\r\n`,
      );
      return;
    }
    const open: Open = {
      id: newConnectionId(),
      ready: false,
      waiting: new Map(),
      socket: acceptSocket(
        request,
        stream,
        (message) => this.#heard(open, message),
        () => {
          this.#open.delete(open);
          for (const settle of open.waiting.values()) settle({ failed: 'closed' });
        },
      ),
    };
    open.socket.silence(this.#silent);
    this.#open.add(open);
    this.accepted += 1;
  }

  #heard(open: Open, message: Buffer): void {
    let frame: Frame;
    try {
      frame = decodeFrame(message);
    } catch {
      open.socket.destroy();
      return;
    }
    if (frame.method === 0) {
      if (frame.headers.type !== 'ping') return;
      this.pings += 1;
      open.ready = true;
      if (this.noPongs) return;
      const payload = Buffer.from(JSON.stringify(this.config));
      open.socket.send(encodeFrame({ ...frame, headers: { type: 'pong' }, payload }));
      return;
    }
    const settle = open.waiting.get(frame.headers.message_id ?? '');
    const answer = JSON.parse(Buffer.from(frame.payload).toString() || '{}') as {
      code?: number;
      data?: string;
    };
    settle?.({
      code: answer.code ?? 0,
      data: answer.data === undefined ? undefined : JSON.parse(Buffer.from(answer.data, 'base64').toString()),
    });
  }

  /** Hands an event to one connection, at random. `pieces` > 1 sends it in chunks, in random order. */
  send(json: string, timeoutMs: number, pieces = 1): Promise<Reply> {
    const all = this.#ready();
    const open = all[Math.floor(this.#random() * all.length)];
    if (!open) return Promise.resolve({ failed: 'no connection' });
    const id = newConnectionId();
    return new Promise((resolve) => {
      const settle = (reply: Reply): void => {
        clearTimeout(timer);
        open.waiting.delete(id);
        resolve(reply);
      };
      const timer = setTimeout(() => settle({ failed: 'timeout' }), timeoutMs);
      open.waiting.set(id, settle);
      const frames = this.#chunks(id, Buffer.from(json), pieces);
      const [first] = frames;
      if (this.cutNext && first) {
        this.cutNext = false;
        open.socket.sendHalf(first);
        return;
      }
      for (const frame of frames) open.socket.send(frame);
    });
  }

  #chunks(id: string, payload: Buffer, pieces: number): Buffer[] {
    const sum = Math.max(1, Math.min(pieces, payload.length));
    const size = Math.ceil(payload.length / sum);
    return Array.from({ length: sum }, (_, seq) => ({ seq, order: sum > 1 ? this.#random() : 0 }))
      .sort((a, b) => a.order - b.order)
      .map(({ seq }) =>
        encodeFrame({
          seqId: 1,
          logId: 1,
          service: serviceId,
          method: 1,
          headers: {
            type: 'event',
            message_id: id,
            sum: String(sum),
            seq: String(seq),
            trace_id: id.slice(0, 16),
          },
          payload: payload.subarray(seq * size, (seq + 1) * size),
        }),
      );
  }

  /** Bytes as they stand to every connection: garbage, an unknown frame. */
  sendRaw(bytes: Buffer): void {
    for (const open of this.#open) open.socket.send(bytes);
  }

  /** Cuts every connection (or closes it with a WebSocket code). */
  drop(code?: number): void {
    for (const open of this.#open) {
      if (code === undefined) open.socket.destroy();
      else open.socket.close(code);
    }
  }

  /** Half-open: the sockets stay, and nothing is answered or sent, on these and on new connections. */
  silence(on: boolean): void {
    this.#silent = on;
    for (const open of this.#open) open.socket.silence(on);
  }
}

function newConnectionId(): string {
  return randomBytes(16).toString('hex');
}

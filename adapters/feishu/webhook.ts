import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EventDispatcher } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import type { Watcher } from './connection.ts';
import { FeishuError, faultOf } from './errors.ts';
import type { Mode, Settings } from './options.ts';
import { opened, Replays, same, signatureOf } from './seal.ts';
import { texts } from './texts.ts';

const mostBytes = 1024 * 1024;
/** A post older (or younger) than this is refused. */
const ageMs = 5 * 60_000;
const headersMs = 10_000;
const requestMs = 15_000;
const mostConnections = 500;

const sealed = z.object({ encrypt: z.string().min(1) });
const challenge = z.object({
  type: z.literal('url_verification'),
  token: z.string(),
  challenge: z.string().max(1_000),
});
const pushed = z.looseObject({
  schema: z.literal('2.0'),
  header: z.looseObject({
    event_id: z.string().min(1).max(200),
    event_type: z.string().min(1).max(200),
    token: z.string(),
    app_id: z.string(),
  }),
  event: z.record(z.string(), z.unknown()),
});

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

const refused: Answer = { status: 401 };
const bad: Answer = { status: 400 };

/**
 * The webhook: takes what Feishu or Lark posts. The raw body's signature, its age, that it is no replay, and the
 * verification token are checked here, in constant time; whatever is wrong gets a bare 400, 401 or 413.
 */
export class Webhook {
  readonly #mode: Extract<Mode, { kind: 'webhook' }>;
  readonly #settings: Settings;
  readonly #dispatcher: EventDispatcher;
  readonly #watcher: Watcher;
  readonly #replays = new Replays(2 * ageMs);
  #server: Server | undefined;

  constructor(
    mode: Extract<Mode, { kind: 'webhook' }>,
    settings: Settings,
    dispatcher: EventDispatcher,
    watcher: Watcher,
  ) {
    this.#mode = mode;
    this.#settings = settings;
    this.#dispatcher = dispatcher;
    this.#watcher = watcher;
  }

  /** Listens; resolves with the port taken. Throws {@link FeishuError} when the port cannot be had. */
  start(): Promise<number> {
    const { host, port } = this.#mode;
    const server = createServer(
      { headersTimeout: headersMs, requestTimeout: requestMs },
      (request, response) => {
        void this.#serve(request, response);
      },
    );
    server.maxConnections = mostConnections;
    // A line that is no HTTP.
    server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const taken = error.code === 'EADDRINUSE';
        reject(
          new FeishuError(
            `feishu: webhook: cannot listen on port ${port}: ${error.code ?? 'unknown fault'}`,
            {
              forPerson: taken ? texts.portTaken(port) : texts.portRefused(port),
            },
          ),
        );
      });
      server.listen(port, host, () => {
        server.on('error', (error) =>
          this.#settings.log.error({ fault: faultOf(error) }, 'feishu: webhook fault'),
        );
        this.#watcher.up();
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  /** Lets answers under way go out; what is still open after a second is cut off. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server?.listening) return;
    await new Promise<void>((resolve) => {
      const cut = setTimeout(() => server.closeAllConnections(), 1_000);
      server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      server.closeIdleConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.#answer(request);
    } catch (error) {
      this.#settings.log.warn({ fault: faultOf(error) }, 'feishu: webhook: a post was not taken');
      answer = { status: 500 };
    }
    if (response.destroyed) return;
    const body = JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      // What was not read of a refused body must not be taken for the next request.
      ...(answer.status === 200 ? {} : { Connection: 'close' }),
    });
    response.end(body);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const path = request.url?.split('?')[0];
    if (path !== this.#mode.path) return { status: 404 };
    if (request.method !== 'POST') return { status: 405 };
    const raw = await bodyOf(request);
    if (raw === 'too large') return { status: 413 };
    if (raw === 'broken off') return bad;
    const envelope = sealed.safeParse(json(raw));
    if (!envelope.success) return bad;
    const signature = this.#signature(request, raw);
    const content = opened(envelope.data.encrypt, this.#mode.encryptKey);
    // Feishu does not sign the challenge; that it could be opened and holds the token says who sent it.
    const asked = challenge.safeParse(content);
    if (asked.success) {
      if (!same(asked.data.token, this.#mode.verificationToken)) return refused;
      return { status: 200, body: { challenge: asked.data.challenge } };
    }
    if (signature === undefined) return refused;
    const event = pushed.safeParse(content);
    if (!event.success) return bad;
    const { token, app_id } = event.data.header;
    if (!same(token, this.#mode.verificationToken) || app_id !== this.#settings.appId) return refused;
    if (!this.#replays.take(signature, this.#settings.now())) return refused;
    this.#watcher.alive();
    try {
      const result = await this.#dispatcher.invoke(event.data, { needCheck: false });
      return { status: 200, body: typeof result === 'object' && result !== null ? result : {} };
    } catch (error) {
      this.#replays.forget(signature);
      throw error;
    }
  }

  /** The signature when it is right and of now. */
  #signature(request: IncomingMessage, raw: Uint8Array): string | undefined {
    const timestamp = one(request.headers['x-lark-request-timestamp']);
    const nonce = one(request.headers['x-lark-request-nonce']);
    const signature = one(request.headers['x-lark-signature']);
    if (!/^\d{1,16}$/.test(timestamp) || nonce === '' || nonce.length > 200) return undefined;
    if (!same(signature, signatureOf(timestamp, nonce, this.#mode.encryptKey, raw))) return undefined;
    const sentAt = Number(timestamp) * (timestamp.length > 11 ? 1 : 1_000);
    return Math.abs(this.#settings.now() - sentAt) <= ageMs ? signature : undefined;
  }
}

function one(header: string | string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

function json(raw: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(raw).toString('utf8'));
  } catch {
    return undefined;
  }
}

function bodyOf(request: IncomingMessage): Promise<Uint8Array | 'too large' | 'broken off'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= mostBytes) chunks.push(chunk);
      else {
        request.pause();
        resolve('too large');
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => resolve('broken off'));
    request.on('close', () => resolve('broken off'));
  });
}

import { setMaxListeners } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import type { Adapter, Chat, Content, Sender, SendOptions, Sent, Sink } from '../adapter.ts';
import { Deliveries, type Log } from './deliveries.ts';
import { Refusal, SandboxError } from './errors.ts';
import type { Hint } from './hint.ts';
import { Listening } from './listening.ts';
import { furthestMoveMs, movesFrom } from './moves.ts';
import type { ClockRequest } from './requests.ts';
import { routes } from './routes.ts';
import { abilities, Sends } from './sends.ts';
import { groupId, Store } from './store.ts';
import { texts } from './texts.ts';
import { Turn } from './turn.ts';

export type { Hint } from './hint.ts';

export interface SandboxOptions {
  /** Where everything is kept; made when it is missing. */
  readonly dataDir: string;
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The bot's clock, milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * Moves the bot's clock forward to `toMs`, keeps that, runs what has become due, then resolves. `heard` tells the
   * bot that everything up to `now()` was heard: to be called after the clock is set and before due jobs run, once or
   * at every stop on the way, so that the jumped time is no gap to them.
   */
  readonly advance: (toMs: number, heard: () => Promise<void>) => Promise<void>;
  /** First steps to show beside the conversation. */
  readonly hint?: (() => Promise<Hint> | Hint) | undefined;
  readonly log: Log;
  /** First pause before an event that was not taken is handed over again, in milliseconds (default 500). */
  readonly retryMs?: number | undefined;
}

export interface Sandbox extends Adapter {
  /** The page's address; once started. */
  readonly url: string;
}

/** Real time between two words about listening. */
const beatMs = 30_000;
/** Before its creation nothing could be said in it either: its first day counts as heard whole. */
const beforeCreationMs = 24 * 3_600_000;
const host = '127.0.0.1';

/**
 * The default platform: a page on this machine with a sample group, private chats and a clock to move.
 * Opens or begins the data under `dataDir`; `account` is made with them, so that new data are a new account.
 * Throws {@link SandboxError}: `data-unusable` here, `port-taken` and `port-refused` from `start`.
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now, log } = options;
  const store = await Store.open(options.dataDir, now());
  if (store.badLines > 0) log.warn({ lines: store.badLines }, 'sandbox: torn or unreadable lines left out');
  const sends = new Sends(store, now, log);
  const turn = new Turn();
  const closing = new AbortController();
  // Every open page waits for it.
  setMaxListeners(0, closing.signal);
  const clockListeners = new Set<() => void>();
  let stopping = false;
  let server: HttpServer | undefined;
  let deliveries: Deliveries | undefined;
  let listening: Listening | undefined;
  let beat: NodeJS.Timeout | undefined;
  let unwatch = (): void => undefined;

  let bound = options.port;
  const port = (): number => bound;

  const act = <T>(what: () => Promise<T>): Promise<T> => {
    if (stopping) return Promise.reject(new Refusal(503, texts.stopping));
    return turn.run(what);
  };

  const moveClock = async (request: ClockRequest): Promise<void> => {
    const from = now();
    const to = 'to' in request ? request.to : movesFrom(from).find((m) => m.name === request.move)?.to;
    if (to === undefined || to <= from) throw new Refusal(400, texts.clockBack);
    if (to - from > furthestMoveMs) throw new Refusal(400, texts.clockTooFar);
    const heard = async (): Promise<void> => {
      await listening?.extend();
      for (const listener of clockListeners) listener();
    };
    // What was said just before belongs before the move; a bot that does not take it must not hold the clock up.
    await Promise.race([deliveries?.idle(), wait(2_000, undefined, { ref: false })]);
    await heard();
    try {
      await options.advance(to, heard);
    } catch (cause) {
      const refusal = new Refusal(500, texts.clockFailed);
      refusal.cause = cause;
      throw refusal;
    } finally {
      await heard();
    }
  };

  /** Acts are refused from here on; the page keeps showing what the bot still has to say. */
  const silence = async (): Promise<void> => {
    stopping = true;
    clearInterval(beat);
    await turn.idle();
    unwatch();
    await deliveries?.stop();
    await listening?.extend();
  };
  let silent: Promise<void> | undefined;
  const stopHearing = (): Promise<void> => {
    silent ??= silence();
    return silent;
  };

  return {
    platform: 'sandbox',
    account: store.state.life,
    abilities,

    get url(): string {
      return `http://${host}:${port()}/`;
    },

    async start(sink: Sink): Promise<void> {
      const app = await routes({
        store,
        now,
        port,
        act,
        moveClock,
        clockMoved: (listener) => {
          clockListeners.add(listener);
          return () => clockListeners.delete(listener);
        },
        hint: async () => options.hint?.(),
        closing: closing.signal,
        log,
      });
      server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as HttpServer;
      bound = await listen(server, options.port);
      const out = new Deliveries(store, sink, log, options.retryMs ?? 500);
      const heard = new Listening(sink, out, now, log, store.state.createdAt - beforeCreationMs);
      deliveries = out;
      listening = heard;
      for (const record of store.state.pending.values()) out.add(record);
      unwatch = store.watch((record) => {
        if (record.type !== 'created' && record.type !== 'taken' && record.type !== 'sent') out.add(record);
      });
      void out.idle().then(() => heard.extend());
      beat = setInterval(() => void heard.extend(), beatMs);
      log.info({ port: bound }, 'sandbox: page ready');
    },

    stopHearing,

    async stop(): Promise<void> {
      await stopHearing();
      closing.abort();
      if (server) await close(server);
      server = undefined;
    },

    send: (chat: Chat, content: Content, sendOptions: SendOptions): Promise<Sent> =>
      sends.send(chat, content, sendOptions),

    async download(message, atMost) {
      const record = store.state.byId.get(message.id);
      const file = record?.type === 'said' ? record.file : undefined;
      const bytes = file && file.size <= atMost ? await store.fileBytes(file) : undefined;
      if (!bytes) throw new Error('sandbox: there is no such file, or it is too large');
      return bytes;
    },

    async members(id: string): Promise<readonly Sender[]> {
      if (id !== groupId) return [];
      return [...store.state.people.values()]
        .filter((person) => store.state.members.has(person.id))
        .map((person) => ({ id: person.id, name: person.name }));
    },
  };
}

/** Resolves with the port that was taken. */
function listen(server: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        new SandboxError(
          taken ? 'port-taken' : 'port-refused',
          `sandbox: cannot listen on port ${port}: ${error.code ?? error.message}`,
          taken ? texts.portTaken(port) : texts.portRefused(port),
        ),
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Lets answers under way go out; whoever holds a connection open after two seconds is cut off. */
function close(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 2_000);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}

import { setTimeout as wait } from 'node:timers/promises';
import type { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk';
import { z } from 'zod';
import { FeishuError } from './errors.ts';
import { explain } from './explanations.ts';
import type { GatheringAgent } from './gathering.ts';
import type { Settings } from './options.ts';
import { httpOf, type Sdk, sdkLogger } from './sdk.ts';
import { texts } from './texts.ts';

/** What the connection tells of itself. */
export interface Watcher {
  up(): void;
  alive(): void;
  down(): void;
  /** An attempt to connect was in vain; there will be another. */
  faltered(): void;
}

/** Codes of the endpoint that pass by themselves: busy, an inner fault, too many connections. */
const passing: ReadonlySet<number> = new Set([1, 1000040343, 1000040350]);
const endpointPath = '/callback/ws/endpoint';
const endpointAnswer = z.object({ code: z.int() });

/**
 * The long connection: the SDK's client with our own reconnecting, since the SDK's waits for minutes and tells neither
 * why it fails nor that it gave up. A new client is made for every connection.
 */
export class LongConnection {
  readonly #sdk: Sdk;
  readonly #settings: Settings;
  readonly #dispatcher: EventDispatcher;
  readonly #watcher: Watcher;
  readonly #agent: GatheringAgent;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #client: WSClient | undefined;
  #abandon: (() => void) | undefined;

  constructor(
    sdk: Sdk,
    settings: Settings,
    dispatcher: EventDispatcher,
    watcher: Watcher,
    agent: GatheringAgent,
  ) {
    this.#sdk = sdk;
    this.#settings = settings;
    this.#dispatcher = dispatcher;
    this.#watcher = watcher;
    this.#agent = agent;
  }

  /**
   * Resolves when the connection stands for the first time; it is tried until then, with growing pauses.
   * Throws {@link FeishuError} when Feishu refuses for good (credentials, an app that may not), or when stopped.
   */
  async start(): Promise<void> {
    await this.#connectWithPauses(true);
    this.#running = this.#keep();
  }

  /** Closes; what was acknowledged before is still sent. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#abandon?.();
    this.#client?.close();
    this.#client = undefined;
    await this.#running;
  }

  async #keep(): Promise<void> {
    const { pollMs } = this.#settings.timing;
    for (;;) {
      await wait(pollMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      if (this.#stop.signal.aborted) return;
      if (this.#client?.getConnectionStatus().state === 'connected') continue;
      this.#settings.log.warn({}, 'feishu: the connection was lost');
      this.#watcher.down();
      this.#client?.close({ force: true });
      this.#client = undefined;
      try {
        await this.#connectWithPauses(false);
      } catch {
        return;
      }
    }
  }

  async #connectWithPauses(first: boolean): Promise<void> {
    const { reconnectMs, reconnectMostMs } = this.#settings.timing;
    for (let pause = reconnectMs; ; pause = Math.min(pause * 2, reconnectMostMs)) {
      this.#refuseWhenStopped();
      try {
        await this.#connect();
        this.#settings.log.info({}, 'feishu: connected');
        return;
      } catch (error) {
        if (!(error instanceof FeishuError) || (first && error.outcome === 'refused')) throw error;
        this.#settings.log.warn({ code: error.code, explanation: error.forPerson }, error.message);
        this.#watcher.faltered();
      }
      // Many clients that lost the same server must not come back in the same instant.
      const jittered = pause * (0.5 + Math.random() / 2);
      await wait(jittered, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  #refuseWhenStopped(): void {
    if (!this.#stop.signal.aborted) return;
    throw new FeishuError('feishu: connecting: stopped', { outcome: 'retry', forPerson: texts.stopped });
  }

  async #connect(): Promise<void> {
    const { appId, appSecret, domain, timing, log } = this.#settings;
    let code: number | undefined;
    let client: WSClient | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        client = new this.#sdk.WSClient({
          appId,
          appSecret,
          domain,
          autoReconnect: false,
          agent: this.#agent,
          handshakeTimeoutMs: timing.handshakeMs,
          wsConfig: { pingTimeout: timing.pongMs / 1_000 },
          httpInstance: httpOf(this.#sdk, domain, timing.callMs, (url, body) => {
            if (url.endsWith(endpointPath)) code = endpointAnswer.safeParse(body).data?.code;
          }),
          logger: sdkLogger(log, () => this.#watcher.alive()),
          loggerLevel: this.#sdk.LoggerLevel.trace,
          onReady: resolve,
          onError: reject,
        });
        this.#client = client;
        void client.start({ eventDispatcher: this.#dispatcher });
        this.#abandon = () => reject(new Error('feishu: stopped'));
      });
    } catch {
      client?.close({ force: true });
      this.#client = undefined;
      this.#refuseWhenStopped();
      const refused = code !== undefined && code !== 0 && !passing.has(code);
      throw new FeishuError(`feishu: connecting: ${code ? `code ${code}` : 'no connection'}`, {
        code,
        outcome: refused ? 'refused' : 'retry',
        forPerson: code ? explain(code) : texts.unreachable,
      });
    }
    this.#watcher.up();
  }
}

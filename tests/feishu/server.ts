/**
 * A stand-in for Feishu on loopback, for the real SDK's client and long connection. It keeps a small tenant (one
 * app, people, chats, messages), answers the API calls, pushes events and misbehaves when told to.
 *
 *   const feishu = await startFeishu();            // options below; `await feishu.stop()` closes everything
 *   new Lark.Client({ domain: feishu.url, appId: feishu.app.appId, appSecret: feishu.app.appSecret, … })
 *   const group = feishu.group('oc_1', '一班').with('ou_a', 'ou_b');       // how it was before the story
 *   const said = feishu.user('ou_a', '小明').says('进度', { chat: 'oc_1', mention: 'bot', quote: 'om_…' });
 *   await said.outcome;                            // { result: 'acknowledged' | 'gave up' | 'filtered', attempts, data }
 *   feishu.user('ou_a').sends('image', { chat, bytes });  .posts(title, paragraphs)  .recalls(id)  .reacts(id)
 *   const pressed = await feishu.user('ou_a').presses(cardId, '我来说', { field: 'value' });  // toast, card, failed
 *   group.add(['ou_c'])  .remove(['ou_c'])  .rename('二班')  .addBot()  .removeBot()  .disband()
 *   feishu.sent('oc_1')                            // what the bot sent there (or to 'ou_a' privately); `.text`, `.json`
 *
 * Events: `feishu.delivery.options` (ackWithinMs 3000; redeliverAfterMs 200, 500, 1000, 2000 for Feishu's 15 s…6 h;
 * duplicateChance; shuffleMs; chunks), `.hold()` / `.release(order)`, `.idle()`, `.outcomes`;
 * `feishu.redeliver(eventId)`. Without a connection an attempt fails at once, and so it does when the connection
 * closes. A card's callback is tried once. `feishu.app.scopes` and `.events` decide what is told.
 *
 * Connection: `feishu.connections.drop()`, `.cutNext`, `.silence(true)`, `.noPongs`, `.refusal = { code }`,
 * `.handshakeRefusal = 500`, `.config` (seconds), `.count`, `.accepted`, `.pings`; `feishu.connected(n)` waits.
 * The SDK's `pingTimeout` must be shorter than `PingInterval` (1 s here, 120 s at Feishu): each ping starts it anew.
 * Calls: `feishu.faults.fail('/messages', 230020, { times: 2 })`, `.add({ path, lose: 'answer' })`, `.add({ delayMs })`,
 * `feishu.app.revokeTokens()`, `feishu.limits.enforced`, `feishu.calls(route)` counts by `POST /open-apis/…/:message_id`.
 * Webhook: `feishu.useWebhook(url)` hands events over there; `feishu.webhook.post / .raw / .challenge / .event`.
 *
 * The SDK's axios obeys HTTP_PROXY even here: clear it or set NO_PROXY=127.0.0.1.
 */
import { App } from './app.ts';
import { type ClientConfig, Connections } from './connections.ts';
import { Delivery, type DeliveryOptions, type Outcome } from './delivery.ts';
import { Faults } from './faults.ts';
import { Group } from './groups.ts';
import { listen } from './http.ts';
import { Limits } from './limits.ts';
import { Person } from './person.ts';
import { Tenant } from './tenant.ts';
import { Webhook } from './webhook.ts';
import { type Message, World } from './world.ts';

/** How a stand-in is set up. */
export interface FeishuOptions extends Partial<DeliveryOptions> {
  readonly appId?: string;
  readonly appSecret?: string;
  readonly appName?: string;
  /** Scopes granted; all that 联青 asks for by default. */
  readonly scopes?: readonly string[];
  /** Events and callbacks subscribed to; all by default. */
  readonly events?: readonly string[];
  /** Empty: webhook posts go in clear and unsigned. */
  readonly encryptKey?: string;
  readonly verificationToken?: string;
  /** Refuse what goes over the documented rates; on by default. */
  readonly limits?: boolean;
  /** Seconds, as told to the SDK. */
  readonly clientConfig?: Partial<ClientConfig>;
  /** Milliseconds since the epoch; the machine's clock by default. */
  readonly clock?: () => number;
  /** 0 to 1; give a seeded one for a run that can be repeated. */
  readonly random?: () => number;
}

/** A message that the bot sent, with its content read. */
export interface SentMessage extends Message {
  /** The text of a text message; empty for other kinds. */
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>>;
}

function read(message: Message): SentMessage {
  const json = JSON.parse(message.content) as Record<string, unknown>;
  return { ...message, json, text: typeof json.text === 'string' ? json.text : '' };
}

/** A running stand-in; see the head of this file. */
export class FakeFeishu {
  readonly url: string;
  readonly app: App;
  readonly world: World;
  readonly tenant: Tenant;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly connections: Connections;
  readonly delivery: Delivery;
  readonly webhook: Webhook;
  readonly #calls: ReadonlyMap<string, number>;
  readonly #close: () => Promise<void>;

  constructor(
    parts: Pick<FakeFeishu, 'app' | 'tenant' | 'faults' | 'limits' | 'connections' | 'webhook'>,
    http: {
      readonly url: string;
      readonly calls: ReadonlyMap<string, number>;
      readonly close: () => Promise<void>;
    },
  ) {
    this.app = parts.app;
    this.tenant = parts.tenant;
    this.world = parts.tenant.world;
    this.delivery = parts.tenant.delivery;
    this.faults = parts.faults;
    this.limits = parts.limits;
    this.connections = parts.connections;
    this.webhook = parts.webhook;
    this.url = http.url;
    this.#calls = http.calls;
    this.#close = http.close;
  }

  /** A group, made when there is none by this id. */
  group(chatId: string, name?: string): Group {
    return new Group(this.tenant, this.world.group(chatId, name));
  }

  /** A person, made when there is none by this open_id. */
  user(openId: string, name?: string): Person {
    return new Person(this.tenant, this.world.user(openId, name));
  }

  /** Another bot, whose messages come with `sender_type` `app`. */
  otherBot(openId: string, name = '别的机器人'): Person {
    return new Person(this.tenant, this.world.user(openId, name), 'app');
  }

  /** What the bot sent to a chat (`oc_…`), or to a person privately (`ou_…`), the oldest first; withdrawn ones too. */
  sent(id: string): SentMessage[] {
    const chat = id.startsWith('ou_') ? this.world.privateChat(id) : this.world.chats.get(id);
    return (chat?.messages ?? []).filter(({ sender }) => sender.id === this.app.appId).map(read);
  }

  /** A message as it is now. */
  message(messageId: string): SentMessage | undefined {
    const message = this.world.messages.get(messageId);
    return message && read(message);
  }

  /** Sends an event again, though it may have been acknowledged. */
  redeliver(eventId: string): Promise<Outcome> {
    const event = this.tenant.events.get(eventId);
    if (!event) throw new Error(`there is no event ${eventId}`);
    return this.delivery.again(event);
  }

  /** From now on events go to the adapter's webhook instead of the long connection. */
  useWebhook(url: string): void {
    this.webhook.url = url;
    this.delivery.transport = (json, timeoutMs) => this.webhook.deliver(json, timeoutMs);
  }

  /** How often a route was called (`POST /open-apis/im/v1/messages/:message_id/reply`), struck by a fault or not. */
  calls(route: string): number {
    return this.#calls.get(route) ?? 0;
  }

  /** Settles when there are this many connections. Rejects after `withinMs`. */
  async connected(count = 1, withinMs = 10_000): Promise<void> {
    await this.until(() => this.connections.count === count, withinMs, `${count} connections`);
  }

  /** Settles when `test` holds. Rejects after `withinMs`. */
  async until(test: () => boolean, withinMs = 10_000, what = 'what was awaited'): Promise<void> {
    const end = performance.now() + withinMs;
    while (!test()) {
      if (performance.now() > end) throw new Error(`${what}: not within ${withinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Closes everything; what is under way is given up. */
  async stop(): Promise<void> {
    this.delivery.stop();
    this.connections.drop();
    await this.#close();
    await this.delivery.idle();
  }
}

/** Starts the stand-in on 127.0.0.1, on a free port. */
export async function startFeishu(options: FeishuOptions = {}): Promise<FakeFeishu> {
  const clock = options.clock ?? Date.now;
  const random = options.random ?? Math.random;
  const app = new App({ ...options, name: options.appName ?? '联青' });
  const faults = new Faults(random);
  const limits = new Limits(options.limits ?? true, clock);
  const connections = new Connections(
    {
      ReconnectCount: -1,
      ReconnectInterval: 0.1,
      ReconnectNonce: 0.05,
      PingInterval: 1,
      ...options.clientConfig,
    },
    random,
  );
  const delivery = new Delivery(
    (json, timeoutMs, chunks) => connections.send(json, timeoutMs, chunks),
    {
      ackWithinMs: options.ackWithinMs ?? 3000,
      redeliverAfterMs: options.redeliverAfterMs ?? [200, 500, 1000, 2000],
      duplicateChance: options.duplicateChance ?? 0,
      shuffleMs: options.shuffleMs ?? 0,
      chunks: options.chunks ?? 1,
    },
    clock,
    random,
  );
  const tenant = new Tenant(app, new World(), delivery, clock);
  const http = await listen({ tenant, limits }, faults, connections);
  const webhook = new Webhook(app, clock);
  return new FakeFeishu({ app, tenant, faults, limits, connections, webhook }, http);
}

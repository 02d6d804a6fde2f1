/** The stand-in platform: writes in groups, keeps what was acknowledged, receives what the bot says, kills the bot. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { MessageEvent } from '../../adapters/adapter.ts';
import type { FromBot, ToBot } from './talk.ts';

const groupCount = 8;
const membersOfGroup = 12;
const inFlight = 48;
const minute = 60_000;

/** Groups are bound before this; messages are written from then on, one a minute; the bot's clock shows ten days later. */
export const beginning = Date.UTC(2026, 2, 2);
const shown = beginning + 10 * 24 * 60 * minute;

export const groups = Array.from({ length: groupCount }, (_, g) => ({
  group: `group${g}`,
  cadre: `person${g}-0`,
}));

export interface Settings {
  readonly program: string;
  readonly databaseUrl: string;
  readonly removesDuplicates: boolean;
  /** Numbers from 0 up to 1, the same ones for the same seed. */
  readonly random: () => number;
}

export class StandIn {
  /** Every message that was ever written. */
  readonly written: MessageEvent[] = [];
  readonly acknowledged = new Set<string>();
  /** How often each key was sent to the platform. */
  readonly received = new Map<string, number>();
  kills = 0;
  /** The platform is never too busy: what waits for another attempt at the end would not be said before the next start. */
  #calm = false;
  readonly #settings: Settings;
  readonly #began = Date.now();
  #next: { readonly process: ChildProcess; readonly loaded: Promise<unknown> };

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#next = this.#fork();
  }

  /** Lets a bot work under load and kills it at a random moment, perhaps while it starts. */
  async crash(): Promise<void> {
    const { random } = this.#settings;
    const bot = await this.#start();
    const exit = once(bot, 'exit');
    if (random() < 0.9) {
      await this.#listening(bot);
      this.#feed(bot, { fresh: true });
    }
    await pause(random() * 300);
    bot.kill('SIGKILL');
    await exit;
    this.kills++;
  }

  /** Lets a bot work on what is left until all is acknowledged, and then end by itself. Gives its exit code. */
  async finish(): Promise<number | null> {
    this.#calm = true;
    const bot = await this.#start();
    const exit = once(bot, 'exit');
    await this.#listening(bot);
    await this.#feed(bot, { fresh: false });
    bot.kill('SIGTERM');
    const [code] = await exit;
    return code;
  }

  /** Asks a bot to end in the middle of its work, once so many are acknowledged. Gives its exit code. */
  async terminate(acknowledged: number): Promise<number | null> {
    const bot = await this.#start();
    const exit = once(bot, 'exit');
    await this.#listening(bot);
    this.#feed(bot, { fresh: true });
    while (this.acknowledged.size < acknowledged) await pause(1);
    bot.kill('SIGTERM');
    const [code] = await exit;
    return code;
  }

  /** Ends the bot that was loaded in advance. */
  async close(): Promise<void> {
    const exit = once(this.#next.process, 'exit');
    this.#next.process.kill('SIGKILL');
    await exit;
  }

  /** Takes the bot that was loaded while the last one worked, and loads another. */
  async #start(): Promise<ChildProcess> {
    const { process, loaded } = this.#next;
    await loaded;
    this.#next = this.#fork();
    const { databaseUrl, removesDuplicates } = this.#settings;
    this.#tell(process, {
      type: 'go',
      databaseUrl,
      removesDuplicates,
      now: shown + Date.now() - this.#began,
    });
    process.on('message', (message: FromBot) => {
      if (message.type === 'send') this.#receive(process, message);
    });
    return process;
  }

  #fork() {
    const process = fork(this.#settings.program, {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return { process, loaded: once(process, 'message') };
  }

  #tell(bot: ChildProcess, message: ToBot): void {
    // A bot that is gone hears nothing.
    bot.send(message, () => {});
  }

  #listening(bot: ChildProcess): Promise<void> {
    return new Promise((resolve) => {
      bot.on('message', (message: FromBot) => {
        if (message.type === 'listening') resolve();
      });
    });
  }

  #receive(bot: ChildProcess, { send, key }: FromBot & { readonly type: 'send' }): void {
    const { random } = this.#settings;
    const busy = !this.#calm && random() < 0.03;
    if (!busy) this.received.set(key, (this.received.get(key) ?? 0) + 1);
    setTimeout(() => this.#tell(bot, { type: 'took', send, outcome: busy ? 'retry' : 'sent' }), random() * 4);
  }

  /**
   * Delivers what was not acknowledged, shuffled, with some of what was, then new messages; so many at once. Settles
   * when all is acknowledged, which with new messages is never.
   */
  #feed(bot: ChildProcess, { fresh }: { readonly fresh: boolean }): Promise<void> {
    const { random } = this.#settings;
    const again = this.written.filter((event) => !this.acknowledged.has(event.id) || random() < 0.05);
    const queue = again
      .map((event) => ({ event, order: random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ event }) => event);
    const open = new Map<number, MessageEvent>();
    let deliveries = 0;
    return new Promise((resolve) => {
      const give = () => {
        while (open.size < inFlight) {
          const event = queue.pop() ?? (fresh ? this.#write() : undefined);
          if (!event) break;
          open.set(deliveries, event);
          this.#tell(bot, { type: 'event', delivery: deliveries++, event });
        }
        if (open.size === 0) resolve();
      };
      bot.on('message', (message: FromBot) => {
        if (message.type !== 'settled') return;
        const event = open.get(message.delivery);
        open.delete(message.delivery);
        if (event && message.taken) this.acknowledged.add(event.id);
        else if (event) queue.push(event);
        give();
      });
      give();
    });
  }

  #write(): MessageEvent {
    const { random } = this.#settings;
    const below = (limit: number) => Math.floor(random() * limit);
    const n = this.written.length;
    const group = below(groupCount);
    const member = below(membersOfGroup);
    const lot = random();
    const quoted = this.written.at(-1 - below(20));
    const event: MessageEvent = {
      type: 'message',
      id: `message${n}`,
      at: beginning + n * minute + below(60 * minute),
      chat: { kind: 'group', id: `group${group}` },
      sender: { id: `person${group}-${member}` },
      kind: 'text',
      text: this.#maySend(group, member, lot)
        ? `/诉求 楼道第 ${n} 盏灯不亮`
        : lot < 0.8
          ? `今天说点什么 ${n}`
          : '收到',
      mentions: random() < 0.2 ? [`person${group}-${below(membersOfGroup)}`] : [],
      mentionsBot: false,
      quotes:
        quoted && quoted.chat.id === `group${group}` && random() < 0.5
          ? { id: quoted.id, sender: quoted.sender.id }
          : undefined,
    };
    this.written.push(event);
    return event;
  }

  /** The cadre has no demands of their own, and nobody is heard with more than five a day. */
  #maySend(group: number, member: number, lot: number): boolean {
    if (lot >= 0.25 || member === 0) return false;
    const sender = `person${group}-${member}`;
    const sent = this.written.filter(
      (event) => event.sender.id === sender && event.text.startsWith('/诉求'),
    ).length;
    return sent < 5;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

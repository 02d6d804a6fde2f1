/** For the tests: an adapter whose WeChat process runs right here, on Wechaty's mock. */
import { EventEmitter } from 'node:events';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import type { ChatEvent, DirectoryEvent, ListeningEvent, PlatformEvent } from '../adapter.ts';
import { serve } from './host.ts';
import type { WechatOptions } from './options.ts';
import type { Wire } from './process.ts';
import { createWechat, type WechatAdapter } from './wechat.ts';

/** No pauses at all. */
export const noPace = {
  leastMs: 0,
  mostMs: 0,
  switchMs: 0,
  perMinute: 100_000,
  perDay: 100_000,
  newFactor: 1,
} as const;

export const quick = {
  callMs: 500,
  pauseMs: 20,
  longestPauseMs: 200,
  pollMs: 5,
  silenceMs: 500,
  beatMs: 50,
  stopMs: 3_000,
  retryMs: 5,
} as const;

export interface MockPerson {
  readonly id: string;
  readonly name: string;
}

/** What a school on the mock consists of; it outlasts the puppets, each of which wants a mocker of its own. */
export class MockSchool {
  readonly bot: MockPerson = { id: 'bot', name: '联青' };
  readonly people = new Map<string, MockPerson>();
  readonly rooms = new Map<string, { topic: string; members: string[] }>();
  /** What the bot said, oldest first, with the names of files. */
  readonly said: { readonly to: string; readonly text: string }[] = [];
  mocker: mock.Mocker | undefined;
  /** The platform's clock. */
  now: () => number = Date.now;
  #loggedIn: (() => void) | undefined;

  constructor(people: readonly MockPerson[], room: { id: string; topic: string }) {
    for (const person of people) this.people.set(person.id, person);
    this.rooms.set(room.id, { topic: room.topic, members: [this.bot.id, ...people.map(({ id }) => id)] });
  }

  /** A wire to a WeChat process in this process. */
  open(): Wire {
    const events = new EventEmitter();
    let isGone = false;
    let puppet: PuppetMock | undefined;
    const gone = (): void => {
      if (isGone) return;
      isGone = true;
      if (this.mocker === puppet?.mocker) this.mocker = undefined;
      events.emit('exit');
    };
    const take = serve(
      {
        // As over a real wire: later, and a copy.
        send: (message) => setImmediate(() => isGone || events.emit('message', structuredClone(message))),
        exit: gone,
      },
      async () => {
        const mocker = this.#newMocker();
        puppet = new PuppetMock({ mocker });
        this.mocker = mocker;
        setImmediate(() => setImmediate(() => this.#login(mocker)));
        return puppet as never;
      },
    );
    return {
      send: (message) => setImmediate(() => isGone || take(structuredClone(message))),
      onMessage: (listen) => events.on('message', listen),
      onExit: (listen) => events.once('exit', listen),
      kill: gone,
    };
  }

  /** Settles when a puppet is logged in. */
  async online(): Promise<void> {
    if (!this.mocker?.puppet.isLoggedIn)
      await new Promise<void>((resolve) => {
        this.#loggedIn = resolve;
      });
  }

  /** Somebody writes; gives the message's id. */
  async says(from: string, to: string, text: string, mentions: readonly string[] = []): Promise<string> {
    await this.online();
    const mocker = this.mocker;
    if (!mocker) throw new Error('no puppet');
    const before = new Set(mocker.cacheMessagePayload.keys());
    const contact = mocker.ContactMock.load(from);
    const conversation = to.startsWith('@') ? mocker.RoomMock.load(to) : mocker.ContactMock.load(to);
    contact
      .say(
        text,
        mentions.map((id) => mocker.ContactMock.load(id)),
      )
      .to(conversation);
    const id = [...mocker.cacheMessagePayload.keys()].find((one) => !before.has(one));
    const payload = id === undefined ? undefined : mocker.cacheMessagePayload.get(id);
    if (id === undefined || !payload) throw new Error('nothing was said');
    payload.timestamp = this.now();
    return id;
  }

  #newMocker(): mock.Mocker {
    const mocker = new mock.Mocker();
    for (const { id, name } of [this.bot, ...this.people.values()])
      mocker.createContact({ id, name, alias: '', friend: true });
    for (const [id, { topic, members }] of this.rooms)
      mocker.createRoom({ id, topic, memberIdList: [...members], adminIdList: [] });
    return mocker;
  }

  #login(mocker: mock.Mocker): void {
    const bot = mocker.ContactMock.load(this.bot.id);
    mocker.login(bot);
    const { puppet } = mocker;
    const sendText = puppet.messageSendText.bind(puppet);
    puppet.messageSendText = async (to, text) => {
      await sendText(to, text);
      this.said.push({ to, text });
    };
    const sendFile = puppet.messageSendFile.bind(puppet);
    puppet.messageSendFile = async (to, file) => {
      await sendFile(to, file);
      this.said.push({ to, text: `[${file.name}]` });
    };
    this.#loggedIn?.();
  }
}

/** An adapter on a school of the mock, with all times compressed. */
export function adapterOn(
  school: MockSchool,
  folder: string,
  more: Partial<WechatOptions> = {},
): WechatAdapter {
  return createWechat({
    account: 'test',
    folder,
    puppet: 'wechaty-puppet-mock',
    now: Date.now,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    open: () => school.open(),
    ...more,
    pace: { ...noPace, ...more.pace },
    timing: { ...quick, ...more.timing },
  });
}

/** A sink that takes everything, unless told to refuse. */
export function listener(refuse: (event: ChatEvent) => boolean = () => false) {
  const events: ChatEvent[] = [];
  const directories: DirectoryEvent[] = [];
  const claims: ListeningEvent[] = [];
  const sink = async (event: PlatformEvent): Promise<void> => {
    if (event.type === 'listening') claims.push(event);
    else if (event.type === 'directory') directories.push(event);
    else if (event.type !== 'deaf') {
      if (refuse(event)) throw new Error('not taken');
      events.push(event);
    }
  };
  return {
    sink,
    events,
    directories,
    claims,
    texts: () => events.flatMap((event) => (event.type === 'message' ? [event.text] : [])),
  };
}

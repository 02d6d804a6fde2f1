import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  Adapter,
  Chat,
  ChatEvent,
  ListeningEvent,
  MessageEvent,
  PlatformEvent,
  Sender,
} from './adapter.ts';

/** What the bot wrote, as a person sees it on the platform. */
export interface Shown {
  readonly id: string;
  readonly text: string;
  readonly quote?: string | undefined;
}

/** One platform account with a group of at least two people, on a stand-in platform or a real local one. */
export interface Fixture {
  readonly group: Chat;
  readonly people: readonly [Sender, Sender, ...Sender[]];
  /** An adapter on the account; called again after `stop`, it is the next start of the same bot. */
  open(): Promise<Adapter>;
  /** A person writes, and the platform has taken it; gives the message's id. In a private chat to the bot. */
  say(
    sender: Sender,
    where: 'group' | 'private',
    text: string,
    options?: {
      readonly quote?: string;
      readonly mentions?: readonly Sender[];
      readonly mentionsBot?: boolean;
    },
  ): Promise<string>;
  /** What the bot wrote in a chat, oldest first. */
  shown(chat: Chat): Promise<readonly Shown[]>;
  /** A person presses the button with this place on a card of the bot; where `abilities.cards`. */
  press?(sender: Sender, messageId: string, button: number): Promise<void>;
  close(): Promise<void>;
}

/** A sink that keeps what it takes. `refuse` says how often an event is still to be rejected before it is taken. */
function recorder(refuse: (event: ChatEvent) => boolean = () => false) {
  const taken: ChatEvent[] = [];
  const offered: ChatEvent[] = [];
  const heard: ListeningEvent[] = [];
  let waiting: { done: () => boolean; resolve: () => void }[] = [];
  const sink = async (event: PlatformEvent): Promise<void> => {
    if (event.type === 'listening') {
      heard.push(event);
    } else if (event.type !== 'deaf' && event.type !== 'directory') {
      offered.push(event);
      if (refuse(event)) throw new Error('not taken');
      taken.push(event);
    }
    const ready = waiting.filter((w) => w.done());
    waiting = waiting.filter((w) => !ready.includes(w));
    for (const w of ready) w.resolve();
  };
  const until = (done: () => boolean): Promise<void> =>
    done() ? Promise.resolve() : new Promise((resolve) => waiting.push({ done, resolve }));
  const messages = (from: readonly ChatEvent[] = taken): MessageEvent[] =>
    from.filter((event): event is MessageEvent => event.type === 'message');
  const texts = (chat?: Chat): string[] =>
    messages()
      .filter((m) => !chat || (m.chat.kind === chat.kind && m.chat.id === chat.id))
      .map((m) => m.text);
  return { sink, taken, offered, heard, until, messages, texts };
}

/**
 * The tests that every adapter passes: what the bot may rely on whatever the platform (design.md, "The adapter port").
 * `make` gives a fresh account for each test.
 */
export function adapterContract(name: string, make: () => Promise<Fixture>): void {
  describe(`adapter contract: ${name}`, () => {
    let fixture: Fixture;
    let open: Adapter[];

    beforeEach(async () => {
      fixture = await make();
      open = [];
    });

    afterEach(async () => {
      for (const adapter of open) await adapter.stop();
      await fixture.close();
    });

    const start = async (sink: (event: PlatformEvent) => Promise<void>): Promise<Adapter> => {
      const adapter = await fixture.open();
      open.push(adapter);
      await adapter.start(sink);
      return adapter;
    };
    const stop = async (adapter: Adapter): Promise<void> => {
      open = open.filter((a) => a !== adapter);
      await adapter.stop();
    };
    const privately = (person: Sender): Chat => ({ kind: 'private', id: person.id });

    it('delivers what is said, in the order of its chat', async () => {
      const bot = recorder();
      await start(bot.sink);
      const [ann, bob] = fixture.people;
      for (let i = 0; i < 5; i++) {
        await fixture.say(i % 2 === 0 ? ann : bob, 'group', `群里第 ${i} 句`);
        await fixture.say(ann, 'private', `私下第 ${i} 句`);
      }
      await bot.until(() => bot.messages().length === 10);
      expect(bot.texts(fixture.group)).toEqual([0, 1, 2, 3, 4].map((i) => `群里第 ${i} 句`));
      expect(bot.texts(privately(ann))).toEqual([0, 1, 2, 3, 4].map((i) => `私下第 ${i} 句`));
    });

    it('says who wrote what, where and when', async () => {
      const bot = recorder();
      await start(bot.sink);
      const id = await fixture.say(fixture.people[0], 'group', '大家好');
      await bot.until(() => bot.messages().length === 1);
      const [message] = bot.messages();
      expect(message).toMatchObject({
        id,
        kind: 'text',
        text: '大家好',
        mentions: [],
        mentionsBot: false,
        chat: { kind: 'group', id: fixture.group.id },
        sender: { id: fixture.people[0].id },
      });
      expect(message?.sender.bot ?? false).toBe(false);
      expect(Number.isFinite(message?.at)).toBe(true);
    });

    it('tells mentions of people and of the bot', async () => {
      const bot = recorder();
      await start(bot.sink);
      const [ann, bob] = fixture.people;
      await fixture.say(ann, 'group', '你们看看', { mentions: [bob], mentionsBot: true });
      await bot.until(() => bot.messages().length === 1);
      const [message] = bot.messages();
      expect(message?.mentions).toEqual([bob.id]);
      expect(message?.mentionsBot).toBe(true);
      expect(message?.text).toContain('你们看看');
      expect(message?.text).toContain(`@${bob.name}`);
    });

    it('tells what a message quotes, and its text without the quotation', async () => {
      const bot = recorder();
      const adapter = await start(bot.sink);
      if (!adapter.abilities.quoting) return;
      const [ann, bob] = fixture.people;
      const quoted = await fixture.say(ann, 'group', '图书馆几点开门');
      await fixture.say(bob, 'group', '七点', { quote: quoted });
      await bot.until(() => bot.messages().length === 2);
      const answer = bot.messages()[1];
      expect(answer?.text).toBe('七点');
      expect(answer?.quotes?.id).toBe(quoted);
      expect([ann.id, undefined]).toContain(answer?.quotes?.sender);
    });

    it('delivers again, under the same id and in order, what the sink did not take', async () => {
      const refusals = new Map([['第一句', 2]]);
      const bot = recorder((event) => {
        if (event.type !== 'message') return false;
        const left = refusals.get(event.text) ?? 0;
        refusals.set(event.text, left - 1);
        return left > 0;
      });
      await start(bot.sink);
      await fixture.say(fixture.people[0], 'group', '第一句');
      await fixture.say(fixture.people[1], 'group', '第二句');
      await bot.until(() => bot.texts().includes('第一句') && bot.texts().includes('第二句'));
      expect(bot.texts(fixture.group)).toEqual(['第一句', '第二句']);
      const tries = bot.messages(bot.offered).filter((m) => m.text === '第一句');
      expect(tries).toHaveLength(3);
      expect(new Set(tries.map((m) => m.id)).size).toBe(1);
    });

    it('delivers after a restart what was never taken, and nothing that was', async () => {
      const first = recorder((event) => event.type === 'message' && event.text !== '收下了');
      const before = await start(first.sink);
      await fixture.say(fixture.people[0], 'private', '收下了');
      await first.until(() => first.texts().includes('收下了'));
      await fixture.say(fixture.people[0], 'private', '没收下的甲');
      await fixture.say(fixture.people[0], 'private', '没收下的乙');
      await first.until(() => first.messages(first.offered).some((m) => m.text === '没收下的甲'));
      const tried = first.messages(first.offered).find((m) => m.text === '没收下的甲');
      await stop(before);

      const second = recorder();
      await start(second.sink);
      await second.until(() => second.texts().includes('没收下的乙'));
      expect(second.texts(privately(fixture.people[0]))).toEqual(['没收下的甲', '没收下的乙']);
      expect(second.messages()[0]?.id).toBe(tried?.id);
    });

    it('stopHearing waits for the sink, hears nothing more, and still sends', async () => {
      let release = (): void => undefined;
      let settled = false;
      let handed = (): void => undefined;
      const inHand = new Promise<void>((resolve) => {
        handed = resolve;
      });
      const taken: string[] = [];
      const adapter = await start(async (event) => {
        if (event.type !== 'message') return;
        handed();
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        settled = true;
        taken.push(event.text);
      });
      await fixture.say(fixture.people[0], 'group', '最后一句');
      await inHand;
      let stopped = false;
      const stopping = adapter.stopHearing().then(() => {
        stopped = true;
      });
      for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
      expect(stopped).toBe(false);
      release();
      await stopping;
      expect(settled).toBe(true);
      await fixture.say(fixture.people[0], 'group', '关门之后').catch(() => undefined);
      await adapter.send(fixture.group, { type: 'text', text: '再见' }, { key: 'farewell' });
      expect((await fixture.shown(fixture.group)).map((m) => m.text)).toContain('再见');
      await stop(adapter);
      expect(taken).toEqual(['最后一句']);
    });

    it('tells that it was listening when it heard something', async () => {
      const bot = recorder();
      const adapter = await start(bot.sink);
      await fixture.say(fixture.people[0], 'group', '在吗');
      await bot.until(() => bot.messages().length === 1);
      const at = bot.messages()[0]?.at ?? Number.NaN;
      await stop(adapter);
      expect(bot.heard.some(({ from, until }) => from <= at && at <= until)).toBe(true);
      for (const { from, until } of bot.heard) expect(from).toBeLessThanOrEqual(until);
    });

    it('sends to the group and to one person, in the order of sending', async () => {
      const adapter = await start(recorder().sink);
      const [ann, bob] = fixture.people;
      await adapter.send(fixture.group, { type: 'text', text: '一' }, { key: 'k1' });
      await adapter.send(fixture.group, { type: 'text', text: '二' }, { key: 'k2' });
      await adapter.send(privately(ann), { type: 'text', text: '悄悄话' }, { key: 'k3' });
      expect((await fixture.shown(fixture.group)).map((m) => m.text)).toEqual(['一', '二']);
      expect((await fixture.shown(privately(ann))).map((m) => m.text)).toEqual(['悄悄话']);
      expect(await fixture.shown(privately(bob))).toEqual([]);
    });

    it('answers by quoting where the platform can', async () => {
      const bot = recorder();
      const adapter = await start(bot.sink);
      const question = await fixture.say(fixture.people[0], 'group', '几点开会');
      await bot.until(() => bot.messages().length === 1);
      await adapter.send(fixture.group, { type: 'text', text: '三点' }, { key: 'answer', quote: question });
      const [answer] = await fixture.shown(fixture.group);
      expect(answer?.text).toContain('三点');
      if (adapter.abilities.quoting) expect(answer?.quote).toBe(question);
    });

    it('sends a key twice as one message where the platform removes duplicates, also over a restart', async () => {
      const adapter = await start(recorder().sink);
      if (!adapter.abilities.deduplicatesSends) return;
      const content = { type: 'text', text: '只此一次' } as const;
      const [first, second] = await Promise.all([
        adapter.send(fixture.group, content, { key: 'once' }),
        adapter.send(fixture.group, content, { key: 'once' }),
      ]);
      await stop(adapter);
      const again = await start(recorder().sink);
      const third = await again.send(fixture.group, content, { key: 'once' });
      expect((await fixture.shown(fixture.group)).map((m) => m.text)).toEqual(['只此一次']);
      expect(new Set([first.messageId, second.messageId, third.messageId]).size).toBe(1);
    });

    it('refuses for good to send into a chat that does not exist', async () => {
      const adapter = await start(recorder().sink);
      const sending = adapter.send(
        { kind: 'private', id: 'nobody-of-that-id' },
        { type: 'text', text: '喂' },
        { key: 'nowhere' },
      );
      await expect(sending).rejects.toMatchObject({ name: 'SendError', outcome: 'refused' });
    });

    it('shows a card with all its words on every platform', async () => {
      const adapter = await start(recorder().sink);
      const card = {
        type: 'card',
        title: '活动签到',
        text: '操场集合',
        fields: [{ label: '时间', value: '周六下午三点' }],
        buttons: [{ label: '我要参加', command: '/报名 1' }],
      } as const;
      await adapter.send(fixture.group, card, { key: 'card' });
      const [shown] = await fixture.shown(fixture.group);
      for (const words of ['活动签到', '操场集合', '时间', '周六下午三点', '我要参加']) {
        expect(shown?.text).toContain(words);
      }
    });

    it('a pressed button says its command in the name of the one who pressed', async () => {
      const bot = recorder();
      const adapter = await start(bot.sink);
      if (!adapter.abilities.cards || !fixture.press) return;
      const buttons = [
        { label: '知道了', command: '/知道' },
        { label: '结束话题', command: '/话题 结束 3', style: 'danger' },
      ] as const;
      await adapter.send(fixture.group, { type: 'card', title: '话题', text: '', buttons }, { key: 'card' });
      const [card] = await fixture.shown(fixture.group);
      await fixture.press(fixture.people[1], card?.id ?? '', 1);
      await bot.until(() => bot.taken.some((event) => event.type === 'press'));
      expect(bot.taken.find((event) => event.type === 'press')).toMatchObject({
        command: '/话题 结束 3',
        sender: { id: fixture.people[1].id },
        chat: { kind: 'group', id: fixture.group.id },
      });
    });

    it('lists the members where the platform can', async () => {
      const adapter = await start(recorder().sink);
      if (!adapter.abilities.memberLists) return;
      const ids = (await adapter.members(fixture.group.id)).map((member) => member.id);
      for (const person of fixture.people) expect(ids).toContain(person.id);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Abilities, Adapter, Chat, Content, Sender, SendOptions, Sent, Sink } from '../adapter.ts';
import { Lanes } from '../lanes.ts';
import { LongConnection, type Watcher } from './connection.ts';
import { dispatcherOf } from './dispatcher.ts';
import { FeishuError } from './errors.ts';
import { GatheringAgent } from './gathering.ts';
import type { Known } from './heard.ts';
import { Hearing } from './hearing.ts';
import { Hears } from './hears.ts';
import { History } from './history.ts';
import { Listening } from './listening.ts';
import { Names } from './names.ts';
import { openFeishu } from './open.ts';
import type { FeishuOptions } from './options.ts';
import { Outgoing, textLimit } from './outgoing.ts';
import { Quotes } from './quotes.ts';
import { texts } from './texts.ts';
import { Webhook } from './webhook.ts';

export { checkFeishu, type Finding } from './check.ts';
export type { FeishuOptions } from './options.ts';

export interface FeishuAdapter extends Adapter {
  /** The port of the webhook once started; undefined with the long connection. */
  readonly port: number | undefined;
}

/**
 * A bot of Feishu's (or Lark's), by the long connection or the webhook; `account` is the app's id.
 * Throws {@link FeishuError} for settings that cannot be; `start` throws it when Feishu refuses for good (credentials,
 * no bot ability, the port taken), and otherwise keeps trying until the platform can be used or `stop` is called.
 */
export async function createFeishu(options: FeishuOptions): Promise<FeishuAdapter> {
  const { sdk, settings, api, posts, limiter } = await openFeishu(options);
  const { appId, log, mode, now, timing } = settings;
  let botOpenId = '';
  const closing = new AbortController();
  let posted = false;
  let sink: Sink = () => Promise.reject(new Error('feishu: not started'));
  let port: number | undefined;
  let transport: LongConnection | Webhook | undefined;
  let beat: NodeJS.Timeout | undefined;
  let scopes: NodeJS.Timeout | undefined;

  const names = new Names({
    api,
    now,
    log,
    keepMs: timing.namesMs,
    pauseMs: timing.namesPauseMs,
    waitMs: timing.quoteMs,
  });
  const quotes = new Quotes({ api, log, waitMs: timing.quoteMs, self: { appId, openId: () => botOpenId } });
  const known = (): Known => ({
    botOpenId,
    appId,
    personName: (id) => names.personName(id),
    groupName: (id) => names.groupName(id),
  });
  const lanes = new Lanes(
    (event) => sink(event),
    log,
    timing.retryMs,
    (at) => listening.missed(at),
  );
  const agent = new GatheringAgent();
  const hearing = new Hearing({
    lanes,
    names,
    quotes,
    known,
    log,
    answerMs: timing.answerMs,
    beforeAnswer: () => agent.gather(),
  });
  const history = new History({ api, hearing, names, known, log });
  const hears = new Hears({ api, appId, now, log });
  const outgoing = new Outgoing({ posts, names, quotes, log });
  const listening = new Listening({
    sink: (event) => sink(event),
    log,
    now,
    oldestPending: () => lanes.oldestPending(),
    hears: () => hears.state,
    fill: (from, until) => history.fill(from, until),
    heardUntil: settings.heardUntil,
  });

  const watcher: Watcher = {
    up: () => {
      options.onNotice?.({ what: 'again', text: texts.again, weight: 'over' });
      listening.up(now());
      void listening.fillGaps();
    },
    alive: () => {
      posted = true;
      listening.alive();
    },
    down: () => listening.down(),
    faltered: () => options.onNotice?.({ what: 'no-network', text: texts.offline, weight: 'passing' }),
  };
  const dispatcher = dispatcherOf(sdk, log, hearing, watcher);

  const look = async (): Promise<void> => {
    await hears.look();
    await hears.tell(sink);
  };

  /** Who the bot is; tried until Feishu answers. */
  const introduce = async (): Promise<void> => {
    for (let pause = timing.reconnectMs; ; pause = Math.min(pause * 2, timing.reconnectMostMs)) {
      if (closing.signal.aborted) throw stoppedError();
      try {
        botOpenId = (await api.bot()).openId;
        return;
      } catch (error) {
        if (!(error instanceof FeishuError) || error.outcome === 'refused') throw error;
        log.warn({ code: error.code, explanation: error.forPerson }, error.message);
        watcher.faltered();
      }
      await wait(pause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  };

  const silence = async (): Promise<void> => {
    closing.abort();
    clearInterval(beat);
    clearInterval(scopes);
    listening.stop();
    await lanes.stop();
    // The acknowledgements of what has just been taken go out before the connection closes.
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await transport?.stop();
    await listening.extend();
  };
  let silent: Promise<void> | undefined;
  const stopHearing = (): Promise<void> => {
    silent ??= silence();
    return silent;
  };

  return {
    platform: 'feishu',
    account: appId,
    get abilities(): Abilities {
      return {
        cards: true,
        quoting: true,
        files: true,
        memberLists: true,
        stableIds: true,
        hears: hears.state === 'mentions' ? 'mentions' : 'all',
        updates: true,
        deduplicatesSends: true,
        textLimit,
        paceMs: Math.ceil(1_000 / settings.limits.chatPerSecond),
      };
    },
    get port() {
      return port;
    },

    async start(to: Sink): Promise<void> {
      sink = to;
      await introduce();
      await look();
      if (closing.signal.aborted) throw stoppedError();
      if (mode.kind === 'webhook') {
        const webhook = new Webhook(mode, settings, dispatcher, watcher);
        transport = webhook;
        port = await webhook.start();
      } else {
        const connection = new LongConnection(sdk, settings, dispatcher, watcher, agent);
        transport = connection;
        await connection.start();
      }
      if (closing.signal.aborted) throw stoppedError();
      beat = setInterval(() => {
        // Silence proves nothing of a webhook that never heard anything; one that did stands while it listens.
        if (mode.kind === 'webhook' && posted) listening.alive();
        if (hears.state === undefined) void look();
        else void hears.tell(sink);
        void listening.extend().then(() => listening.fillGaps());
      }, timing.beatMs);
      scopes = setInterval(() => void look(), timing.scopesMs);
    },

    stopHearing,

    async stop(): Promise<void> {
      await stopHearing();
      limiter.stop();
    },

    send: (chat: Chat, content: Content, sendOptions: SendOptions): Promise<Sent> =>
      outgoing.send(chat, content, sendOptions),

    async download(message, atMost) {
      if (!message.file) throw new Error('feishu: the message has no picture or file');
      const type = message.kind === 'file' ? 'file' : 'image';
      return api.resource(message.id, message.file.id, type, atMost);
    },

    members: (groupId: string): Promise<readonly Sender[]> => names.members(groupId),

    owner: (groupId: string): Promise<string | undefined> => names.owner(groupId),
  };
}

function stoppedError(): FeishuError {
  return new FeishuError('feishu: start: stopped', { outcome: 'retry', forPerson: texts.stopped });
}

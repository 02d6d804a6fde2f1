import { join } from 'node:path';
import {
  type Abilities,
  type Adapter,
  type Chat,
  type Content,
  type Notice,
  SendError,
  type Sender,
  type SendOptions,
  type Sent,
  type Sink,
} from '../adapter.ts';
import { Lanes } from '../lanes.ts';
import { Hearing } from './hearing.ts';
import { Listening } from './listening.ts';
import { usualTiming, type WechatOptions } from './options.ts';
import { OwnMessages } from './own-messages.ts';
import { perDayNow, safePace } from './pace.ts';
import { forkWechat, WechatProcess } from './process.ts';
import type { FromChild, Trouble } from './protocol.ts';
import { SendQueue } from './queue.ts';
import { withMark } from './remark.ts';
import { sentenceOf, texts, weightOf } from './sentences.ts';
import { State } from './state.ts';
import { textLimit, Voice } from './voice.ts';

export type { WechatOptions } from './options.ts';

/** What the operator sees of the account. */
export interface WechatStatus {
  readonly state: 'starting' | 'scan' | 'scanned' | 'online' | 'offline';
  /** What the QR code holds, while one waits. */
  readonly link: string | undefined;
  readonly name: string | undefined;
  /** The last sync with the server, milliseconds. */
  readonly heardAt: number | undefined;
  readonly backlog: number;
  readonly sentToday: number;
  readonly perDay: number;
  readonly stoppedUntil: number;
  /** The last sentences to the operator, newest first. */
  readonly notices: readonly { readonly at: number; readonly text: string }[];
}

export interface WechatAdapter extends Adapter {
  status(): WechatStatus;
}

const usualPuppet = 'wechaty-puppet-wechat4u';
const noticesKept = 20;
/** An answer that waited longer surprises more than it helps. */
const staleMs = 2 * 3_600_000;

/**
 * A WeChat account through Wechaty, with any puppet. `start` resolves at once: logging in takes a person with a phone,
 * and until then the rest of the program works. Throws only where the folder cannot be used.
 */
export function createWechat(options: WechatOptions): WechatAdapter {
  const { log, now } = options;
  const timing = { ...usualTiming, ...options.timing };
  const pace = { ...safePace, ...options.pace };
  const state = new State(join(options.folder, 'state.json'));
  let sink: Sink = () => Promise.reject(new Error('wechat: not started'));
  let status: Pick<WechatStatus, 'state' | 'link' | 'name' | 'heardAt'> = {
    state: 'starting',
    link: undefined,
    name: undefined,
    heardAt: undefined,
  };
  let notices: WechatStatus['notices'] = [];
  let wasOnline = false;
  let beat: NodeJS.Timeout | undefined;
  let isDeaf = false;
  const own = new OwnMessages();

  const notify = (notice: Notice): void => {
    notices = [{ at: now(), text: notice.text }, ...notices].slice(0, noticesKept);
    options.onNotice?.(notice);
  };
  const trouble = (what: Trouble, code?: string): void => {
    log.warn({ trouble: what, code }, 'wechat: trouble');
    notify({ what, text: sentenceOf(what, code), weight: weightOf(what) });
  };

  const queue = new SendQueue({
    state,
    pace,
    now,
    random: options.random ?? Math.random,
    patienceMs: timing.patienceMs,
    tooOften: () => trouble('too-often'),
  });
  const lanes = new Lanes(
    (event) => sink(event),
    log,
    timing.retryMs,
    (at) => listening.missed(at),
  );
  const hearing = new Hearing({
    lanes,
    state,
    log,
    now,
    ask: async (chat, text) => {
      await voice.text(chat, text);
    },
    taken: (seq) => child.tell({ type: 'taken', seq }),
    ownMessage: (chat, quoted) => own.find(chat, quoted),
  });
  const listening = new Listening({
    sink: (event) => sink(event),
    log,
    silenceMs: timing.silenceMs,
    oldestPending: () => lanes.oldestPending(),
  });

  const take = (message: FromChild): void => {
    switch (message.type) {
      case 'scan':
        status = { ...status, state: message.scanned ? 'scanned' : 'scan', link: message.link };
        options.onScan?.(message.link, message.scanned);
        return;
      case 'login': {
        const { firstLogin } = state.now.sends;
        if (firstLogin === undefined) state.change({ sends: { ...state.now.sends, firstLogin: now() } });
        status = { ...status, state: 'online', link: undefined, name: message.self.name };
        hearing.loggedIn(message.self, message.login);
        notify(
          wasOnline
            ? { what: 'again', text: texts.again, weight: 'over' }
            : { what: 'online', text: texts.online(message.self.name), weight: 'over' },
        );
        wasOnline = true;
        return;
      }
      case 'trouble':
        if (message.trouble === 'too-often') {
          queue.halt();
          return;
        }
        if (message.trouble === 'no-network' && status.state === 'online')
          status = { ...status, state: 'offline' };
        if (message.trouble === 'logged-out') {
          status = { ...status, state: 'offline', name: undefined };
          listening.down();
        }
        trouble(message.trouble, message.code);
        return;
      case 'alive':
        hearing.gathered();
        if (status.state === 'offline') {
          status = { ...status, state: 'online' };
          notify({ what: 'again', text: texts.again, weight: 'over' });
        }
        status = { ...status, heardAt: message.at };
        listening.alive(message.at);
        return;
      case 'heard':
        if (!isDeaf) hearing.take(message.seq, message.heard);
        return;
      case 'log':
        log[message.level]({}, `wechat: ${message.message}`);
    }
  };

  const child = new WechatProcess({
    open: options.open ?? (() => forkWechat()),
    order: {
      type: 'start',
      puppet: options.puppet ?? usualPuppet,
      puppetOptions: { ...options.puppetOptions },
      folder: options.folder,
      timing: {
        callMs: timing.callMs,
        pauseMs: timing.pauseMs,
        longestPauseMs: timing.longestPauseMs,
        pollMs: timing.pollMs,
      },
    },
    take,
    died: () => {
      listening.down();
      status = { ...status, state: 'starting', link: undefined };
      log.warn({}, 'wechat: the WeChat process ended and is started again');
    },
    log,
    pauseMs: timing.pauseMs,
    longestPauseMs: timing.longestPauseMs,
  });

  const voice = new Voice({
    queue,
    state,
    now,
    call: (order) => child.call(order),
    nameIn: (room, id) => hearing.nameIn(room, id),
    own,
  });

  const silence = async (): Promise<void> => {
    isDeaf = true;
    clearInterval(beat);
    child.tell({ type: 'deafen' });
    await hearing.settled().catch(() => undefined);
    await lanes.stop();
    await listening.extend();
  };
  let silent: Promise<void> | undefined;
  const stopHearing = (): Promise<void> => {
    silent ??= silence();
    return silent;
  };

  const abilities: Abilities = {
    cards: false,
    quoting: false,
    files: true,
    memberLists: true,
    stableIds: (options.puppet ?? usualPuppet) !== usualPuppet,
    hears: 'all',
    updates: false,
    deduplicatesSends: false,
    textLimit,
    paceMs: 0,
    repliesOnly: !options.reminders,
    loginByHand: true,
    friendsOnly: true,
    staleMs,
  };

  return {
    platform: 'wechat',
    account: options.account,
    abilities,

    async start(to: Sink): Promise<void> {
      sink = to;
      child.start();
      beat = setInterval(() => void listening.extend(), timing.beatMs);
    },

    stopHearing,

    async stop(): Promise<void> {
      await stopHearing();
      queue.stop();
      await child.stop(timing.stopMs);
    },

    async send(chat: Chat, content: Content, _options: SendOptions): Promise<Sent> {
      if (status.state !== 'online') throw new SendError('retry', 'wechat: not logged in', 30_000);
      return { messageId: await voice.say(chat, content) };
    },

    async members(groupId: string): Promise<readonly Sender[]> {
      return hearing.members(groupId) ?? [];
    },

    async mark(personId: string, mark: string): Promise<boolean> {
      const friend = hearing.friend(personId);
      if (status.state !== 'online' || !friend) return false;
      const done = await queue.run(`mark:${personId}`, () =>
        child.call((call) => ({ type: 'mark', call, person: personId, mark: withMark(friend.mark, mark) })),
      );
      return done !== undefined;
    },

    status: () => ({
      ...status,
      backlog: queue.backlog,
      sentToday: state.now.sends.at.filter((at) => at > now() - 86_400_000).length,
      perDay: perDayNow(state.now.sends, now(), pace),
      stoppedUntil: queue.stoppedUntil,
      notices,
    }),
  };
}

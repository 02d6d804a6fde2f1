/**
 * Web WeChat (wechaty-puppet-wechat4u) with its life taken over: its own loops turn tightly without a service, stay
 * deaf for minutes after an outage while they say that they are logged in, drop what came meanwhile as history, and log
 * out at the server when they stop. Facts, with their places in the source: docs/wechat.md.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Puppet } from 'wechaty-puppet';
import type { StartOrder } from './protocol.ts';
import { loggedOutCodes } from './send-fault.ts';
import type { StackListener } from './stack-listener.ts';
import { codeOf, dataOf, expired, isNetwork, messageIdIn, withDeadline } from './web-answers.ts';
import { WebBook } from './web-book.ts';
import { WebHearing } from './web-hearing.ts';
import type { Wechat4u } from './web-types.ts';

interface WebPuppet extends Puppet {
  monkeyPatch(wechat4u: Wechat4u): void;
}

/** The slot of the puppet's memory in which the session lies. */
const slot = 'PUPPET-WECHAT4U';
const saveEveryMs = 300_000;

/** Whether a puppet is wechaty-puppet-wechat4u. */
export function isWeb(puppet: Puppet): puppet is WebPuppet {
  return 'monkeyPatch' in puppet && puppet.name().includes('wechat4u');
}

export interface WebHold {
  /** The id that the server gave the message sent last. */
  lastMessageId(): string | undefined;
  isFriend(person: string): boolean;
  /** Ends; the session is kept for the next start. */
  stop(): Promise<void>;
}

/** Takes the life of the puppet over before it starts. */
export function guardWeb(puppet: WebPuppet, listener: StackListener, timing: StartOrder['timing']): WebHold {
  const stopping = new AbortController();
  const { signal } = stopping;
  let web: Wechat4u | undefined;
  let book: WebBook | undefined;
  let lastId: string | undefined;
  /** The `<ret>` of the last refused login. */
  let loginRet: string | undefined;
  let saver: NodeJS.Timeout | undefined;

  const rest = (ms: number): Promise<void> => pause(ms, undefined, { signal }).catch(() => undefined);
  /** Pauses that grow with each failure in a row. */
  const backOff = (longestMs: number) => {
    let next = timing.pauseMs;
    return {
      async wait() {
        await rest(next);
        next = Math.min(next * 2, longestMs);
      },
      reset() {
        next = timing.pauseMs;
      },
    };
  };

  const save = async (w: Wechat4u): Promise<void> => {
    await puppet.memory.set(slot, w.botData as never);
    await puppet.memory.save();
  };
  const forget = async (): Promise<void> => {
    await puppet.memory.delete(slot);
    await puppet.memory.save();
  };
  /** The login is over; a new process begins anew, without the old one's contacts. */
  const end = async (code: string): Promise<void> => {
    if (signal.aborted) return;
    stopping.abort();
    clearInterval(saver);
    listener.trouble('logged-out', code);
    await forget().catch(() => undefined);
    listener.ended();
  };

  /** One login by QR code; false: it did not come about. */
  const scanned = async (w: Wechat4u): Promise<boolean> => {
    const uuid = await w.getUUID();
    w.state = w.CONF.STATE.uuid;
    w.emit('uuid', uuid);
    for (;;) {
      const begun = Date.now();
      const { code, userAvatar } = await w.checkLogin().catch((fault: unknown) => {
        if (isNetwork(fault)) throw fault;
        return { code: expired, userAvatar: undefined };
      });
      if (signal.aborted) return false;
      if (code === 200) break;
      if (code === expired) {
        listener.trouble('qr-expired');
        return false;
      }
      if (code === 201) w.emit('user-avatar', userAvatar ?? '');
      // The server holds the answer back for a while; one that does not must not be asked in a tight loop.
      await rest(Math.max(0, timing.pauseMs - (Date.now() - begun)));
    }
    loginRet = undefined;
    await w.login();
    if (w.PROP.sid) return true;
    listener.trouble(
      loginRet === '1203' || loginRet === '1205' ? 'not-allowed' : 'session-unusable',
      loginRet,
    );
    return false;
  };

  /** In step with the server until the login is over or the process stops. */
  const follow = async (w: Wechat4u, hearing: WebHearing): Promise<void> => {
    // While logged in, each pause is time in which nothing is heard.
    const waiting = backOff(timing.longestPauseMs / 6);
    let isDown = false;
    while (!signal.aborted) {
      try {
        const begun = Date.now();
        const selector = await w.syncCheck();
        if (Number(selector) !== 0) {
          await hearing.take(await w.sync());
        }
        w.lastSyncTime = Date.now();
        if (signal.aborted) return;
        listener.alive(w.lastSyncTime);
        waiting.reset();
        isDown = false;
        await rest(Math.max(0, timing.pollMs - (Date.now() - begun)));
      } catch (fault) {
        if (signal.aborted) return;
        const code = codeOf(fault);
        if (code !== undefined && loggedOutCodes.includes(code)) return end(code);
        if (!isDown) listener.trouble('no-network', code);
        isDown = true;
        await waiting.wait();
      }
    }
  };

  const live = async (w: Wechat4u): Promise<void> => {
    const waiting = backOff(timing.longestPauseMs);
    const resumed = Boolean(w.PROP.uin);
    let [renewed, isDown] = [!resumed, false];
    let isOn = resumed;
    while (!signal.aborted) {
      try {
        isOn = isOn || (await scanned(w));
        if (signal.aborted) return;
        if (isOn) {
          await w._init();
          break;
        }
      } catch (fault) {
        const code = codeOf(fault);
        if (isOn && !isNetwork(fault)) {
          // The session is no good any more: begin with a new code.
          if (resumed && !renewed) listener.trouble('logged-out', code);
          else listener.trouble('session-unusable', code);
          [isOn, renewed] = [false, true];
          w.PROP.sid = '';
          w.PROP.uin = '';
          await forget().catch(() => undefined);
        } else {
          if (!isDown) listener.trouble('no-network', code);
          isDown = true;
        }
      }
      await waiting.wait();
    }
    const self = w.user.UserName;
    if (signal.aborted || !self || !book) return;
    listener.login({ id: self, name: w.user.NickName ?? '' }, self, renewed);
    await save(w).catch(() => undefined);
    saver = setInterval(() => void save(w).catch(() => undefined), saveEveryMs);
    const hearing = new WebHearing(w, book, listener, self);
    await book.load(timing.callMs);
    listener.alive(Date.now());
    await follow(w, hearing);
  };

  const patch = puppet.monkeyPatch.bind(puppet);
  puppet.monkeyPatch = (w) => {
    patch(w);
    web = w;
    const { request, sendMsg } = w;
    w.request = (options) =>
      // Its own limit does not cover the way through a proxy.
      withDeadline(request({ timeout: timing.callMs, ...options }), timing.callMs * 1.2).catch(
        (fault: unknown) => {
          loginRet = /<ret>(\d+)<\/ret>/.exec(String(dataOf(fault)))?.[1] ?? loginRet;
          throw fault;
        },
      );
    w.sendMsg = async (message, to) => {
      lastId = undefined;
      const answer = await sendMsg.call(w, message, to);
      lastId = messageIdIn(answer);
      return answer;
    };
    w.syncPolling = () => undefined;
    w.checkPolling = () => undefined;
    w.stop = () => undefined;
    const begin = (): void => {
      // Registered by the puppet meanwhile: it would ask the server for every member of every group.
      w.removeAllListeners('contacts-updated');
      book = new WebBook(w, listener);
      void live(w);
    };
    w.start = begin;
    w.restart = begin;
  };

  return {
    lastMessageId: () => lastId,
    isFriend: (person) => book?.isFriend(person) ?? false,
    async stop() {
      const isOn = web !== undefined && web.state === web.CONF.STATE.login && !signal.aborted;
      stopping.abort();
      clearInterval(saver);
      if (web && isOn) await save(web);
    },
  };
}

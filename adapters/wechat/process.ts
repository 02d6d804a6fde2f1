/**
 * The WeChat process, kept running: other people's code, with its global handlers, its memory and its faults, where it
 * can touch nothing of the bot's. Ended ones are started again, with growing pauses.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SendError } from '../adapter.ts';
import type { Log } from './log.ts';
import { type FromChild, fromChild, type StartOrder, type ToChild } from './protocol.ts';

/** What a message to or from a process goes over. */
export interface Wire {
  send(message: ToChild): void;
  onMessage(take: (message: unknown) => void): void;
  /** Called once, when the far side is gone. */
  onExit(gone: () => void): void;
  kill(): void;
}

/** More than the stack has ever needed with a hundred full groups; megabytes. */
const heapMb = 512;
/** A process that has run for so long had no fault at its start. */
const settledMs = 60_000;

/** Forks the WeChat process. What its libraries print is dropped: it can hold messages and keys of the session. */
export function forkWechat(
  env: NodeJS.ProcessEnv = process.env,
  file: string = fileURLToPath(new URL('./child.js', import.meta.url)),
): Wire {
  const child = fork(file, {
    execArgv: [`--max-old-space-size=${heapMb}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...withoutSecrets(env), WECHATY_LOG: 'silent', BROLOG_LEVEL: 'silent' },
  });
  // A message to a process that has just ended: its end is told on its own.
  child.on('error', () => undefined);
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (take) => child.on('message', take),
    onExit: (gone) => child.once('exit', gone),
    kill: () => child.kill('SIGKILL'),
  };
}

/** The bot's own secrets are nothing for the WeChat stack. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(LIANQING_|FEISHU_|DATABASE_URL|OPENAI_)/.test(name),
  );
  return Object.fromEntries(kept);
}

interface Call {
  resolve(messageId: string | undefined): void;
  reject(fault: SendError): void;
}

export class WechatProcess {
  readonly #open: () => Wire;
  readonly #order: StartOrder;
  readonly #take: (message: FromChild) => void;
  readonly #died: () => void;
  readonly #log: Log;
  readonly #pauseMs: number;
  readonly #longestPauseMs: number;
  readonly #calls = new Map<number, Call>();
  #wire: Wire | undefined;
  #count = 0;
  #faults = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopping = false;
  #gone: (() => void) | undefined;

  /** `died` is called when the process has ended although nobody asked it to. */
  constructor(parts: {
    open: () => Wire;
    order: StartOrder;
    take: (message: FromChild) => void;
    died: () => void;
    log: Log;
    pauseMs: number;
    longestPauseMs: number;
  }) {
    this.#open = parts.open;
    this.#order = parts.order;
    this.#take = parts.take;
    this.#died = parts.died;
    this.#log = parts.log;
    this.#pauseMs = parts.pauseMs;
    this.#longestPauseMs = parts.longestPauseMs;
  }

  start(): void {
    const wire = this.#open();
    const begun = Date.now();
    this.#wire = wire;
    wire.onMessage((message) => this.#read(message));
    wire.onExit(() => {
      if (this.#wire === wire) this.#wire = undefined;
      for (const [call, { reject }] of this.#calls) {
        this.#calls.delete(call);
        reject(new SendError('uncertain', 'wechat: the process ended while sending'));
      }
      this.#gone?.();
      if (this.#stopping) return;
      this.#faults = Date.now() - begun > settledMs ? 0 : this.#faults + 1;
      this.#died();
      const wait = Math.min(this.#pauseMs * 2 ** Math.min(this.#faults, 20), this.#longestPauseMs);
      this.#timer = setTimeout(() => this.start(), wait);
    });
    wire.send(this.#order);
  }

  tell(message: ToChild): void {
    this.#wire?.send(message);
  }

  /** Sends; resolves with the platform's id where it tells one. Throws {@link SendError}. */
  call(order: (call: number) => ToChild): Promise<string | undefined> {
    const wire = this.#wire;
    if (!wire) return Promise.reject(new SendError('retry', 'wechat: the process is not running'));
    const call = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
      wire.send(order(call));
    });
  }

  /** Asks the process to end, and ends it after `withinMs`. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const wire = this.#wire;
    if (!wire) return;
    const gone = new Promise<void>((resolve) => {
      this.#gone = resolve;
    });
    wire.send({ type: 'stop' });
    const timer = setTimeout(() => wire.kill(), withinMs);
    await gone;
    clearTimeout(timer);
  }

  #read(raw: unknown): void {
    const read = fromChild.safeParse(raw);
    if (!read.success) {
      this.#log.error({}, 'wechat: a message of the WeChat process could not be read');
      return;
    }
    const message = read.data;
    if (message.type === 'done') {
      this.#calls.get(message.call)?.resolve(message.messageId);
      this.#calls.delete(message.call);
    } else if (message.type === 'failed') {
      const { outcome, code, call } = message;
      const fault = new SendError(outcome, `wechat: not sent${code === undefined ? '' : `: ${code}`}`);
      fault.cause = code;
      this.#calls.get(call)?.reject(fault);
      this.#calls.delete(call);
    } else this.#take(message);
  }
}

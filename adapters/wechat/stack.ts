/**
 * Wechaty with one puppet, in the WeChat process. Spoken to through the puppet: Wechaty's own objects wait for contacts
 * to be complete, which can hold a message back for minutes.
 */
import { join } from 'node:path';
import type { Puppet } from 'wechaty-puppet';
import { listenTo } from './generic.ts';
import type { StartOrder } from './protocol.ts';
import { faultOfSend, type SendFault } from './send-fault.ts';
import type { StackListener } from './stack-listener.ts';
import { guardWeb, isWeb, type WebHold } from './web.ts';

export type StackContent =
  | { readonly kind: 'text'; readonly text: string; readonly mentions: readonly string[] }
  | { readonly kind: 'file'; readonly name: string; readonly base64: string };

export interface Stack {
  /** Sends; gives the platform's id where it tells one. Throws {@link SendFault}. */
  send(to: string, content: StackContent): Promise<string | undefined>;
  /** False where this person cannot be marked. */
  mark(person: string, mark: string): Promise<boolean>;
  /** Ends, the session kept. */
  stop(): Promise<void>;
}

/** Makes a puppet; throws where its package is missing. */
export type MakePuppet = (order: StartOrder) => Promise<Puppet>;

/** A puppet by the name of its npm package. */
const puppetByName: MakePuppet = async ({ puppet, puppetOptions }) => {
  const module: unknown = await import(puppet);
  const found =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  const Made = constructorIn(found);
  return new Made(puppetOptions);
};

/** A CommonJS build's default may stand within another. */
function constructorIn(found: unknown): new (options: object) => Puppet {
  if (typeof found === 'function') return found as new (options: object) => Puppet;
  if (typeof found === 'object' && found !== null && 'default' in found) return constructorIn(found.default);
  throw new Error('the package exports no puppet');
}

/** Starts; resolves when the puppet has begun to log in. */
export async function openStack(
  order: StartOrder,
  listener: StackListener,
  makePuppet: MakePuppet = puppetByName,
): Promise<Stack> {
  const { log, WechatyBuilder } = await import('wechaty');
  const { FileBox } = await import('file-box');
  log.level('silent');
  const puppet = await makePuppet(order);
  const hold: WebHold | undefined = isWeb(puppet) ? guardWeb(puppet, listener, order.timing) : undefined;
  const bot = WechatyBuilder.build({ name: join(order.folder, 'session'), puppet });
  bot.on('error', () => undefined);
  puppet.on('error', () => undefined);
  puppet.on('scan', ({ qrcode, status }) => {
    if (qrcode) listener.scan(qrcode, status === scanned);
  });
  if (!hold) listenTo(puppet, listener);
  await bot.start();

  return {
    async send(to, content) {
      try {
        const id =
          content.kind === 'text'
            ? await puppet.messageSendText(to, content.text, [...content.mentions])
            : await puppet.messageSendFile(to, FileBox.fromBase64(content.base64, content.name));
        return id || hold?.lastMessageId();
      } catch (fault) {
        throw faultOfSend(fault);
      }
    },
    async mark(person, mark) {
      if (hold && !hold.isFriend(person)) return false;
      await puppet.contactAlias(person, mark);
      return true;
    },
    async stop() {
      // The puppet's own way to stop would log out at the server and forget the session.
      if (hold) await hold.stop();
      else await bot.stop();
    },
  };
}

/** Wechaty's ScanStatus.Scanned. */
const scanned = 3;

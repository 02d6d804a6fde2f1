/** The WeChat process' side of the talk: orders in, what happens out, nothing lost in between. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from './journal.ts';
import { type FromChild, type StartOrder, type ToChild, toChild } from './protocol.ts';
import { faultOfSend } from './send-fault.ts';
import { type MakePuppet, openStack, type Stack } from './stack.ts';

export interface HostWire {
  send(message: FromChild): void;
  /** Ends the process. */
  exit(): void;
}

/** Serves one bot; gives what takes its messages. */
export function serve(wire: HostWire, makePuppet?: MakePuppet): (message: unknown) => void {
  let stack: Stack | undefined;
  let journal: Journal | undefined;
  let isDeaf = false;
  let turn: Promise<void> = Promise.resolve();

  const start = async (order: StartOrder): Promise<void> => {
    mkdirSync(order.folder, { recursive: true, mode: 0o700 });
    const session = join(order.folder, 'session.memory-card.json');
    if (existsSync(session)) chmodSync(session, 0o600);
    journal = new Journal(join(order.folder, 'journal.jsonl'));
    for (const [seq, heard] of journal.waiting) wire.send({ type: 'heard', seq, heard });
    try {
      stack = await openStack(
        order,
        {
          scan: (link, scanned) => wire.send({ type: 'scan', link, scanned }),
          login: (self, login, renewed) => wire.send({ type: 'login', self, login, renewed }),
          trouble: (trouble, code) =>
            wire.send({ type: 'trouble', trouble, ...(code === undefined ? {} : { code }) }),
          alive: (at) => {
            if (!isDeaf) wire.send({ type: 'alive', at });
          },
          heard: (heard) => {
            if (!journal) return;
            const seq = journal.add(heard);
            // What comes while the bot ends is for its next start.
            if (!isDeaf) wire.send({ type: 'heard', seq, heard });
          },
          log: (message) => wire.send({ type: 'log', level: 'warn', message }),
          ended: () => wire.exit(),
        },
        makePuppet,
      );
    } catch (fault) {
      const missing = fault instanceof Error && 'code' in fault && fault.code === 'ERR_MODULE_NOT_FOUND';
      wire.send({ type: 'trouble', trouble: missing ? 'puppet-missing' : 'puppet-fault' });
    }
  };

  const perform = async (
    call: number,
    work: (stack: Stack) => Promise<string | undefined>,
  ): Promise<void> => {
    try {
      if (!stack) return wire.send({ type: 'failed', call, outcome: 'retry' });
      const messageId = await work(stack);
      wire.send({ type: 'done', call, ...(messageId ? { messageId } : {}) });
    } catch (thrown) {
      const { outcome, code } = faultOfSend(thrown);
      wire.send({ type: 'failed', call, outcome, ...(code === undefined ? {} : { code }) });
    }
  };

  const obey = async (order: ToChild): Promise<void> => {
    switch (order.type) {
      case 'start':
        return start(order);
      case 'send':
        return perform(order.call, ({ send }) => send(order.to, order.content));
      case 'mark':
        return perform(order.call, async ({ mark }) =>
          (await mark(order.person, order.mark)) ? 'marked' : undefined,
        );
      case 'stop':
        await stack?.stop().catch(() => undefined);
        return wire.exit();
    }
  };

  return (message) => {
    const read = toChild.safeParse(message);
    if (!read.success)
      return wire.send({ type: 'log', level: 'error', message: 'an order could not be read' });
    const order = read.data;
    if (order.type === 'taken') return journal?.taken(order.seq);
    if (order.type === 'deafen') {
      isDeaf = true;
      return;
    }
    // One after the other: two sends at once get one client id.
    turn = turn.then(() => obey(order));
  };
}

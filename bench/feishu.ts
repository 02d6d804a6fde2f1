/** Events a second through the real SDK's long connection: to our durable acknowledgement, or to a bare handler's. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createFeishu } from '../adapters/feishu/feishu.ts';
import { Intake } from '../bot/intake/intake.ts';
import { silentLog } from '../bot/log.ts';
import { keepHeapSmall } from '../bot/memory.ts';
import { secretOf } from '../bot/secret.ts';
import { openDatabase } from '../prisma/database.ts';
import { bindGroups } from '../tests/support/bound-groups.ts';
import { Totals } from '../tests/support/totals.ts';
import type { Order } from './feishu-sender.ts';
import { firstMorning, groupCount, groupName, introductions, memberName, Stream } from './stream.ts';

const seed = 20260302;
/** Milliseconds within which each thing that is waited for comes. */
const patience = 240_000;

export interface FeishuLoad {
  /** Whether the bot has met everybody in every group before: the steady state, as opposed to the first days. */
  readonly met: boolean;
  /** Events of the stream before the measured ones. */
  readonly warm: number;
  readonly events: number;
  readonly inFlight: number;
  readonly handler: 'ours' | 'bare';
}

/** Seconds for the measured events, and microseconds of processor an event in the receiving process. */
export interface FeishuResult {
  readonly seconds: number;
  readonly cpu: number;
}

interface App {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
}

/** Receives a load; throws when the database does not hold what a plain count of the stream gives. */
export async function runFeishu(load: FeishuLoad): Promise<FeishuResult> {
  const sender = fork(join(import.meta.dirname, 'feishu-sender.js'), [String(seed)], { execArgv: [] });
  const heard = () => once(sender, 'message', { signal: AbortSignal.timeout(patience) });
  try {
    const [app] = (await heard()) as [App];
    const send = async (order: Order): Promise<number> => {
      sender.send(order);
      const [{ seconds, fault }] = (await heard()) as [{ seconds: number; fault?: string }];
      if (fault !== undefined) throw new Error(fault);
      return seconds;
    };
    return await (load.handler === 'ours' ? ours : bare)(load, app, send);
  } finally {
    if (sender.connected) sender.disconnect();
  }
}

type Receive = (load: FeishuLoad, app: App, send: (order: Order) => Promise<number>) => Promise<FeishuResult>;

async function measured(
  { met, events, inFlight, warm }: FeishuLoad,
  send: (order: Order) => Promise<number>,
) {
  // At first nobody is known: gently.
  if (met) await send({ events: 'introductions', inFlight: Math.min(inFlight, 64) });
  await send({ events: warm, inFlight: Math.min(inFlight, 64) });
  // What becomes known in the background is known by now.
  await pause(3_000);
  const before = process.cpuUsage();
  const seconds = await send({ events, inFlight });
  const { user, system } = process.cpuUsage(before);
  return { seconds, cpu: (user + system) / events };
}

const ours: Receive = async (load, { url, appId, appSecret }, send) => {
  keepHeapSmall();
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-bench-'));
  const database = await openDatabase(`file:${join(folder, 'bench.db')}`);
  const groups = Array.from({ length: groupCount }, (_, g) => ({
    group: groupName(g),
    cadre: memberName(g, 0),
  }));
  const account = { platform: 'feishu', name: appId };
  const accountId = await bindGroups(database, account, groups, firstMorning - 2 * 86_400_000);
  const now = () => firstMorning + 86_400_000;
  const { accept } = new Intake({
    database,
    secret: secretOf('for tests'),
    accountId,
    now,
    heardSomething() {},
  });
  const adapter = await createFeishu({
    appId,
    appSecret,
    domain: url,
    now,
    log: silentLog,
    // Feishu would have the names of so many groups read within two minutes; here nobody waits for that.
    ...(load.met ? { limits: { perSecond: 10_000, perMinute: 600_000 } } : {}),
  });
  try {
    await adapter.start(accept);
    const result = await measured(load, send);
    const totals = new Totals((group) =>
      memberName(
        groups.findIndex((one) => one.group === group),
        0,
      ),
    );
    if (load.met) for (const event of introductions()) totals.add(event);
    const stream = new Stream(seed);
    for (let n = 0; n < load.warm + load.events; n++) totals.add(stream.next());
    await totals.compare(database);
    return result;
  } finally {
    await adapter.stop();
    await database.close();
    rmSync(folder, { recursive: true });
  }
};

const bare: Receive = async (load, { url, appId, appSecret }, send) => {
  const Lark = await import('@larksuiteoapi/node-sdk');
  for (const name of Object.keys(process.env)) if (/_proxy$/i.test(name)) delete process.env[name];
  const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
  const eventDispatcher = new Lark.EventDispatcher({ logger }).register({
    'im.message.receive_v1': () => undefined,
  });
  const client = new Lark.WSClient({ appId, appSecret, domain: url, logger });
  await client.start({ eventDispatcher });
  await pause(500);
  try {
    return await measured(load, send);
  } finally {
    client.close({ force: true });
  }
};

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { Notice } from '../adapters/adapter.ts';
import { ensureAccount } from '../prisma/store/accounts.ts';
import { resolvePeople } from '../prisma/store/identity.ts';
import { createOperator, removeOperator } from '../prisma/store/operators.ts';
import { describeOnBoth } from '../tests/support/databases.ts';
import { silentLog } from './log.ts';
import { OperatorLine } from './operator.ts';

const begun = Date.UTC(2026, 2, 2);
const minute = 60_000;
const lost: Notice = { what: 'logged-out', text: '请重新扫码登录', weight: 'urgent' };
const offline: Notice = { what: 'no-network', text: '连不上', weight: 'passing' };
const back: Notice = { what: 'again', text: '恢复了', weight: 'over' };
const quiet: Notice = { what: 'qr-expired', text: '二维码过期了', weight: 'quiet' };

describeOnBoth('an operator is told of an account’s trouble', (open) => {
  afterEach(() => vi.useRealTimers());

  async function begin(webhook?: string) {
    const database = await open();
    const { db } = database;
    const clock = { now: begun };
    let codes = 0;
    const on = async (platform: string, name: string) => {
      const accountId = await ensureAccount(db, platform, 'bot');
      const personId = (await resolvePeople(db, accountId, [{ id: `@${name}`, name }])).get(`@${name}`) ?? 0;
      const random = (bytes: number) => new Uint8Array(bytes).fill(++codes);
      await createOperator(db, name, { now: begun, random, hash: (text) => text });
      await db.operator.update({ where: { name }, data: { personId } });
      return { accountId, personId };
    };
    const feishu = await on('feishu', '李工');
    // Proved on the very account that is down, before it was one that is logged in by hand.
    await on('wechat', '赵工');
    await createOperator(db, '孙工', { now: begun, random: () => new Uint8Array(8), hash: (text) => text });
    let woken = 0;
    const line = new OperatorLine({
      database,
      platform: 'wechat',
      account: 'bot',
      webhook,
      now: () => clock.now,
      log: silentLog,
      said: () => woken++,
    });
    const rows = () => db.outbox.findMany({ orderBy: { id: 'asc' } });
    /** What lies in the outboxes once so many do. */
    const told = async (count: number) => {
      await expect.poll(async () => (await rows()).length).toBe(count);
      return (await rows()).map(({ body }) => JSON.parse(body ?? '{}').text as string);
    };
    const tell = (notice: Notice, after = 0) => {
      clock.now += after;
      line.tell(notice, 'http://127.0.0.1:4100/');
    };
    return { database, db, feishu, tell, told, rows, line, woken: () => woken };
  }

  it('privately on another account, never on the one that is down, nor before they have proved one', async () => {
    const { feishu, tell, told, rows, woken } = await begin();
    tell(quiet);
    tell(lost);
    expect(await told(1)).toEqual(['【运维】请重新扫码登录（http://127.0.0.1:4100/）']);
    expect(await rows()).toMatchObject([
      { accountId: feishu.accountId, personId: feishu.personId, kind: 'notice', state: 'pending' },
    ]);
    expect(woken()).toBe(1);
  });

  it('once, until it is over; and of the end only who was told of the beginning', async () => {
    const { tell, told, rows } = await begin();
    tell(back);
    tell(lost);
    tell(lost, 5 * minute);
    tell(back, 5 * minute);
    tell(back);
    tell(lost, minute);
    expect(await told(3)).toEqual([
      expect.stringContaining('扫码'),
      expect.stringContaining('恢复了'),
      expect.stringContaining('扫码'),
    ]);
    expect(new Set((await rows()).map(({ key }) => key)).size).toBe(3);
  });

  it('not of what passes by itself within minutes, nor of its end', async () => {
    const { tell, told, rows, line } = await begin();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    tell(offline);
    vi.advanceTimersByTime(2 * minute);
    tell(back);
    tell(offline);
    vi.advanceTimersByTime(2 * minute);
    tell(offline);
    vi.advanceTimersByTime(2 * minute);
    tell(offline);
    line.stop();
    vi.advanceTimersByTime(9 * minute);
    tell(offline);
    // The server answers, and says that the login is over.
    tell(lost);
    vi.advanceTimersByTime(9 * minute);
    vi.useRealTimers();
    expect(await told(2)).toEqual([expect.stringContaining('连不上'), expect.stringContaining('扫码')]);
    expect(await rows()).toHaveLength(2);
  });

  it('no more once they are removed', async () => {
    const { database, tell, db, line } = await begin();
    await database.transaction((tx) => removeOperator(tx, '李工'));
    const posted = new Promise<string>((resolve) => {
      const server = createServer(async (request, response) => {
        let body = '';
        for await (const part of request) body += part;
        response.end();
        server.close();
        resolve(body);
      }).listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const heard = new OperatorLine({
          database,
          platform: 'wechat',
          account: 'bot',
          webhook: `http://127.0.0.1:${port}/hook`,
          now: () => begun,
          log: silentLog,
          said: () => undefined,
        });
        heard.tell(lost, 'http://127.0.0.1:4100/');
      });
    });
    tell(lost);
    // The webhook goes on.
    expect(JSON.parse(await posted)).toMatchObject({
      msg_type: 'text',
      content: { text: '联青：请重新扫码登录（http://127.0.0.1:4100/）' },
    });
    line.stop();
    expect(await db.outbox.count()).toBe(0);
  });
});

/** Feishu and WeChat in one program: when WeChat's login ends, the operator is told of it privately on Feishu. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { adapterOn, school } from '../../adapters/feishu/testing.ts';
import type { WechatAdapter } from '../../adapters/wechat/wechat.ts';
import { type Bot, startBot } from '../../bot/bot.ts';
import { silentLog } from '../../bot/log.ts';
import { OperatorLine } from '../../bot/operator.ts';
import { secretOf } from '../../bot/secret.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { createCadre } from '../../prisma/store/cadres.ts';
import type { Issuing } from '../../prisma/store/codes.ts';
import { createOperator, removeOperator } from '../../prisma/store/operators.ts';
import type { FakeFeishu } from '../feishu/server.ts';
import { newSqliteFile } from '../support/databases.ts';
import { compileChild, openRig, type Rig, until } from './rig.ts';

const secret = secretOf('k'.repeat(32));
let rig: Rig;
let feishu: FakeFeishu;
let place: Awaited<ReturnType<typeof newSqliteFile>>;
let database: Database;
let wechat: WechatAdapter;
let bots: readonly Bot[];
let line: OperatorLine;

beforeAll(compileChild, 60_000);
beforeEach(async () => {
  rig = await openRig(12);
  // Patient: the machine that runs this may be busy.
  feishu = await school({ redeliverAfterMs: [1_000, 2_000, 4_000, 8_000], ackWithinMs: 3_000 });
  place = await newSqliteFile();
  database = await openDatabase(place.url);
  wechat = rig.adapter({ onNotice: (notice) => line.tell(notice, 'http://127.0.0.1:4100/') });
  bots = [];
  const said = () => {
    for (const bot of bots) bot.wake();
  };
  const shared = { database, clock: { now: Date.now }, secret, log: silentLog, said };
  line = new OperatorLine({
    database,
    platform: wechat.platform,
    account: wechat.account,
    webhook: undefined,
    now: Date.now,
    log: silentLog,
    said,
  });
  bots = await Promise.all([
    startBot({ ...shared, adapter: await adapterOn(feishu) }),
    startBot({ ...shared, adapter: wechat }),
  ]);
  await until(() => wechat.status().state === 'online' && wechat.status().heardAt !== undefined, 'the login');
}, 60_000);
afterEach(async () => {
  line.stop();
  for (const bot of bots) await bot.stop();
  await database.close();
  await rig.close();
  await feishu.stop();
  await place.remove();
});

const issuing = (): Issuing => ({
  now: Date.now(),
  random: (bytes) => randomBytes(bytes),
  hash: (text) => secret.hash(text),
});
const onFeishu = (who: string) => feishu.sent(who).map(({ json }) => JSON.stringify(json));
const onWechat = (who: string) =>
  rig.wechat.sending.sent.filter(({ to }) => to === who).map(({ text }) => text);
const loseLogin = async () => {
  const codes = rig.codes.length;
  rig.wechat.login.end(1101);
  await until(() => rig.codes.length > codes, 'a new code');
  await until(() => wechat.status().state === 'online', 'the login');
};

it('tells the operator once on Feishu that it is lost and that it is back, and nobody else', async () => {
  const code = () => database.transaction(async (tx) => (await createOperator(tx, '李工', issuing())).code);
  const first = await code();
  // On the account that will be down it is no good, and stays unused.
  rig.wechat.says('zhang', `/绑定 ${first}`);
  await until(() => onWechat('zhang').some((text) => text.includes('请在另一个平台')), 'the refusal');
  feishu.user('ou_ann').says(`/绑定 ${first}`);
  await until(() => onFeishu('ou_ann').some((text) => text.includes('认证好了')), 'the proof');
  await loseLogin();
  await until(() => onFeishu('ou_ann').some((text) => text.includes('恢复了')), 'the end');
  const told = onFeishu('ou_ann').filter((text) => text.includes('【运维】'));
  expect(told).toEqual([expect.stringContaining('请重新扫码登录'), expect.stringContaining('恢复了')]);
  expect(onWechat('zhang').join()).not.toContain('运维】');
  expect([...onFeishu('ou_bob'), ...onFeishu('oc_one')]).toEqual([]);

  await database.transaction((tx) => removeOperator(tx, '李工'));
  await loseLogin();
  for (const bot of bots) await bot.idle();
  expect(onFeishu('ou_ann').filter((text) => text.includes('【运维】'))).toEqual(told);
}, 60_000);

it('tells a cadre on the account that they have proved last, whose ever the group is', async () => {
  const code = () =>
    database.transaction(
      async (tx) => (await createCadre(tx, { name: '张晓', unit: '示例学院团委', ...issuing() })).code,
    );
  rig.wechat.says('zhang', `/绑定 ${await code()}`, 'one');
  await until(() => onWechat('one').some((text) => text.includes('绑定好了')), 'the binding');
  feishu.user('ou_ann').says(`/绑定 ${await code()}`);
  await until(() => onFeishu('ou_ann').some((text) => text.includes('认证好了')), 'the proof');
  // Who they were on WeChat hears of it there.
  await until(() => onWechat('zhang').some((text) => text.includes('已换到另一个账号')), 'the word');
  const cadre = await database.db.cadre.findFirstOrThrow({
    include: { person: { include: { account: true } } },
  });
  expect(cadre.person?.account.platform).toBe('feishu');
  expect(await database.db.person.count({ where: { name: '张晓', account: { platform: 'wechat' } } })).toBe(
    1,
  );
}, 60_000);

/** The real bot over the real stack: a login ends, all ids are new, and the count goes on. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WechatAdapter } from '../../adapters/wechat/wechat.ts';
import { type Bot, startBot } from '../../bot/bot.ts';
import { silentLog } from '../../bot/log.ts';
import { secretOf } from '../../bot/secret.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { createCadre } from '../../prisma/store/cadres.ts';
import { newSqliteFile } from '../support/databases.ts';
import { compileChild, openRig, type Rig, until } from './rig.ts';

const secret = secretOf('k'.repeat(32));
let rig: Rig;
let place: Awaited<ReturnType<typeof newSqliteFile>>;
let database: Database;
let adapter: WechatAdapter;
let bot: Bot;

beforeAll(compileChild, 60_000);
beforeEach(async () => {
  rig = await openRig(12);
  place = await newSqliteFile();
  database = await openDatabase(place.url);
  adapter = rig.adapter();
  bot = await startBot({ database, adapter, clock: { now: Date.now }, secret, log: silentLog });
  await online();
});
afterEach(async () => {
  await bot.stop();
  await database.close();
  await rig.close();
  await place.remove();
});

const online = () =>
  until(() => adapter.status().heardAt !== undefined && adapter.status().state === 'online', 'the login');
const said = (to: string) => rig.wechat.sending.sent.filter((one) => one.to === to).map(({ text }) => text);
const code = async () => {
  const made = await database.transaction((tx) =>
    createCadre(tx, {
      name: '张晓',
      unit: '示例学院团委',
      now: Date.now(),
      random: (bytes) => randomBytes(bytes),
      hash: (text) => secret.hash(text),
    }),
  );
  return made.code;
};
/** Says something that is answered; gives the answer's text. */
const asks = async (uid: string, text: string, to: string, room?: string): Promise<string> => {
  const before = said(to).length;
  rig.wechat.says(uid, text, room);
  await until(() => said(to).length > before, `an answer to ${text.slice(0, 6)}`);
  await bot.idle();
  return said(to).slice(before).join('\n');
};
const newLogin = async () => {
  const codes = rig.codes.length;
  rig.wechat.login.end(1101);
  await until(() => rig.codes.length > codes, 'a code');
  await online();
  await until(
    () => rig.wechat.login.session !== undefined && adapter.status().state === 'online',
    'the login',
  );
  await expect
    .poll(async () => (await database.db.account.findFirst())?.login)
    .toBe(rig.wechat.login.session?.ids.of('bot'));
};

it('groups, youths and the cadre are known again, and nobody takes the cadre’s place by a name', async () => {
  expect(await asks('zhang', `/绑定 ${await code()}`, 'one', 'one')).toContain('绑定好了');
  await expect.poll(() => rig.wechat.world.people.get('zhang')?.remark).toMatch(/^联青#[0-9A-Z]{8}$/);
  rig.wechat.says('y1', '第一次登录时说的话', 'one');
  await expect.poll(() => database.db.presence.count()).toBe(1);
  const presence = await database.db.presence.findFirst();

  await newLogin();
  rig.wechat.says('y1', '第二次登录时说的话', 'one');
  rig.wechat.says('y2', '我也说一句话', 'one');
  await expect.poll(() => database.db.presence.count()).toBe(2);
  expect(await database.db.group.count()).toBe(1);
  const rows = await database.db.presence.findMany();
  expect(rows.some(({ personId }) => personId === presence?.personId)).toBe(true);
  expect(await asks('zhang', '/进度 文字', 'zhang')).toContain('软件一班');
  expect(await asks('zhang', '/话题 发布 图书馆几点最挤？', 'one', 'one')).toContain('话题1');

  // The cadre unfriends the bot and has another name, and a youth alone bears theirs: after the next login neither is the cadre.
  const cadre = rig.wechat.world.people.get('zhang');
  if (cadre) [cadre.remark, cadre.name] = ['', '晓老师'];
  const youth = rig.wechat.world.people.get('y3');
  if (youth) youth.name = '张晓';
  await newLogin();
  expect(await asks('y3', '/话题 结束', 'one', 'one')).toContain('团干部');
  expect(await asks('zhang', '/话题 结束', 'one', 'one')).toContain('团干部');
  // A fresh code brings the true one back, with all that was theirs.
  expect(await asks('zhang', `/绑定 ${await code()}`, 'one', 'one')).toContain('已经由您联系了');
  expect(await asks('zhang', '/话题 结束', 'one', 'one')).toContain('明确参与');
  expect(await database.db.binding.count()).toBe(1);
}, 60_000);

it('a group that is not sure is asked about, counts meanwhile, and is joined by its number', async () => {
  expect(await asks('zhang', `/绑定 ${await code()}`, 'one', 'one')).toContain('绑定好了');
  await expect.poll(() => rig.wechat.world.people.get('zhang')?.remark).toMatch(/^联青#/);
  rig.wechat.says('y1', '第一次登录时说的话', 'one');
  await expect.poll(() => database.db.presence.count()).toBe(1);
  for (const n of [4, 5, 6, 7, 8, 9, 10]) {
    const youth = rig.wechat.world.people.get(`y${n}`);
    if (youth) youth.name = `改了名字${n}`;
  }
  await newLogin();
  await until(() => said('zhang').some((text) => text.includes('请帮我认一下群')), 'the question');
  const question = said('zhang').find((text) => text.includes('请帮我认一下群')) ?? '';
  rig.wechat.says('y2', '还没认出来的时候说的', 'one');
  await expect.poll(() => database.db.presence.count()).toBe(2);
  expect(await asks('y2', '/诉求 路灯坏了', 'one', 'one')).toContain('还没认出本群');
  expect(await asks('y2', '/报名', 'one', 'one')).toContain('还没认出本群');
  const number = /(\d+) 就是原来的/.exec(question)?.[1] ?? '?';
  expect(await asks('zhang', number, 'zhang')).toContain('认好了');
  expect(await database.db.group.count()).toBe(1);
  expect(new Set((await database.db.presence.findMany()).map(({ groupId }) => groupId)).size).toBe(1);
  expect(await database.db.presence.count()).toBe(2);
  expect(await asks('y2', '/诉求 路灯坏了', 'one', 'one')).toContain('第 1 号诉求');
}, 60_000);

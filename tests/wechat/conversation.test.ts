/** The whole conversation over Wechaty's mock: the real adapter, the real bot on a SQLite file. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapterOn, MockSchool } from '../../adapters/wechat/testing.ts';
import type { WechatAdapter } from '../../adapters/wechat/wechat.ts';
import { type Bot, startBot } from '../../bot/bot.ts';
import { silentLog } from '../../bot/log.ts';
import { secretOf } from '../../bot/secret.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { createCadre } from '../../prisma/store/cadres.ts';
import { newSqliteFile } from '../support/databases.ts';

const room = '@@software1';
const secret = secretOf('k'.repeat(32));
const [zhang, zhao, ma, cao, li] = ['zhang', 'zhao', 'ma', 'cao', 'li'] as const;

let offset: number;
const now = () => Date.now() + offset;
const moveTo = (time: string) => {
  offset = Date.parse(time) - Date.now();
};
let folder: string;
let school: MockSchool;
let place: Awaited<ReturnType<typeof newSqliteFile>>;
let database: Database;
let adapter: WechatAdapter;
let bot: Bot;
let count: number;

const begin = async (reminders = false) => {
  database = await openDatabase(place.url);
  adapter = adapterOn(school, folder, { now, reminders });
  bot = await startBot({ database, adapter, clock: { now }, secret, log: silentLog });
  await school.online();
  await expect.poll(() => adapter.status().heardAt).toBeDefined();
};
const end = async () => {
  await bot.stop();
  await database.close();
};

beforeEach(async () => {
  moveTo('2027-03-09T10:00:00+08:00');
  count = 0;
  folder = await mkdtemp(join(tmpdir(), 'lianqing-wechat-'));
  school = new MockSchool(
    [
      { id: zhang, name: '张晓' },
      { id: zhao, name: '赵一' },
      { id: ma, name: '马二' },
      { id: cao, name: '曹三' },
      { id: li, name: '李四' },
    ],
    { id: room, topic: '软件一班' },
  );
  school.now = now;
  place = await newSqliteFile();
});
afterEach(async () => {
  await end();
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Somebody writes; settles when it is heard, done and answered. */
const says = async (who: string, text: string, to: 'group' | 'private' = 'private') => {
  await school.says(who, to === 'group' ? room : school.bot.id, text);
  await settled();
};
const settled = async () => {
  // The journal is empty when everything heard is durable.
  const { readFile } = await import('node:fs/promises');
  await new Promise((resolve) => setTimeout(resolve, 30));
  await expect.poll(() => readFile(join(folder, 'journal.jsonl'), 'utf8')).toBe('');
  await bot.idle();
};
/** What the bot said since the last look. */
const news = () => {
  const fresh = school.said.slice(count);
  count = school.said.length;
  return fresh;
};
/** The only thing said since the last look, and where. */
const only = (to: string): string => {
  const fresh = news();
  expect(fresh).toMatchObject([{ to }]);
  return fresh[0]?.text ?? '';
};
const numberOf = (text: string, label: string): string =>
  new RegExp(`(\\d+) ${label}`).exec(text)?.[1] ?? '?';
/** The check-in code that the cadre is shown now. */
const shownCode = async (): Promise<string> => {
  await says(zhang, '/活动 签到码 1');
  return /签到码 (\d{4})/.exec(only(zhang))?.[1] ?? '?';
};
const newCode = async (): Promise<string> => {
  const { code } = await database.transaction((tx) =>
    createCadre(tx, {
      name: '张晓',
      unit: '示例学院团委',
      now: now(),
      random: (bytes) => randomBytes(bytes),
      hash: (text) => secret.hash(text),
    }),
  );
  return code;
};

describe('a cadre and four youths in a WeChat group', () => {
  it('goes from the introduction to the picture of a month, in numbered text', async () => {
    await begin();
    const mocker = school.mocker;
    mocker?.RoomMock.load(room).add(mocker.ContactMock.load('bot')).by(mocker.ContactMock.load(zhang));
    await settled();
    expect(only(room)).toContain('大家好，我是联青');
    await says(zhang, `/绑定 ${await newCode()}`, 'group');
    expect(only(room)).toContain('示例学院团委 张晓联系本群');
    await says(zhang, '@联青\u2005 /亮身份', 'group');
    expect(only(room)).toContain('共青团示例学院团委 张晓');

    // A topic: by number, by tag, and by being there.
    await says(zhang, '/话题 发布 图书馆几点最挤？', 'group');
    const topic = only(room);
    expect(topic).toContain('要回应请 @我 加数字');
    const number = numberOf(topic, '我来说');
    await says(zhao, number, 'group');
    expect(news()).toEqual([]);
    await says(zhao, `@联青\u2005${number}`, 'group');
    expect(only(zhao)).toContain('欢迎参加话题1');
    await says(cao, '我都是晚上去 #话题1', 'group');
    await says(
      ma,
      `「联青：${topic.slice(0, 20)}」\n- - - - - - - - - - - - - - -\n下午三点以后没座位`,
      'group',
    );
    await says(li, '今天风好大啊', 'group');
    await says(zhang, '@马二\u2005 我去跟馆里反映一下', 'group');
    expect(news()).toEqual([]);
    const addresses = await database.db.address.count();
    expect(addresses).toBe(1);

    // A demand in the group reaches the cadre privately, who answers its card by number.
    await says(cao, '/诉求 宿舍热水晚上十点就停了', 'group');
    const [noted, notice] = news();
    expect([noted?.to, notice?.to]).toEqual([room, zhang]);
    expect(notice?.text).toContain('宿舍热水晚上十点就停了');
    await says(zhang, numberOf(notice?.text ?? '', '受理'));
    expect(
      news()
        .map(({ to }) => to)
        .sort(),
    ).toEqual([cao, zhang]);

    // A restart in between: numbers, counts and what was asked stay.
    await says(zhang, '/活动 发布 今天下午2点-4点 操场 飞盘局', 'group');
    expect(only(room)).toContain('3月9日（周二）14:00-16:00');
    await end();
    await begin();
    await says(zhang, '是', 'group');
    const posted = news();
    const activity = posted.find(({ to }) => to === room)?.text ?? '';
    expect(activity).toContain('活动1｜飞盘局');
    moveTo('2027-03-09T14:10:00+08:00');
    const checkIn = numberOf(activity, '签到');
    await says(zhao, `@联青\u2005${checkIn} ${await shownCode()}`, 'group');
    expect(only(room)).toContain('签到好了');
    // The form asks; what others say meanwhile is theirs.
    await says(ma, `@联青\u2005${checkIn}`, 'group');
    expect(only(room)).toContain('请 @我 告诉我');
    const code = await shownCode();
    await says(li, code, 'group');
    await says(ma, '哈哈哈我也来了', 'group');
    expect(news()).toEqual([]);
    await says(ma, `@联青\u2005 ${code}`, 'group');
    expect(only(room)).toContain('签到好了');
    expect(await database.db.checkIn.count()).toBe(2);
    moveTo('2027-03-09T16:05:00+08:00');
    await says(zhang, '/活动 结束 1 十几个人玩得很开心');
    expect(
      news()
        .map(({ text }) => text)
        .join('\n'),
    ).toContain('签到 2 人');
    await says(zhang, '/话题 结束', 'group');
    expect(only(room)).toContain('明确参与 2 人');

    await says(zhang, '/进度');
    expect(only(zhang)).toMatch(/^\[.+\.png\]$/);
    await says(zhang, '/进度 文字');
    const progress = only(zhang);
    expect(progress).toContain('有声音 1 天：9 日');
    expect(progress).toContain('已见 2 人，共 4 人');

    await says(zhang, '/提醒');
    expect(only(zhang)).toContain('我现在只答话，不主动提醒');
    // Nobody asked for a reminder, and the operator has not turned them on.
    moveTo('2027-03-26T20:05:00+08:00');
    await bot.tick();
    await bot.idle();
    expect(news()).toEqual([]);
    expect(await database.db.outbox.findFirst({ where: { kind: 'reminder' } })).toMatchObject({
      state: 'expired',
    });
  }, 60_000);

  it('reminds the cadre once the operator has turned it on', async () => {
    await begin(true);
    await says(zhang, `/绑定 ${await newCode()}`, 'group');
    news();
    moveTo('2027-03-26T20:05:00+08:00');
    await bot.tick();
    await bot.idle();
    expect(only(zhang)).toContain('今晚的小提醒');
  }, 60_000);
});

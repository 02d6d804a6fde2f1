/** The whole conversation over the stand-in Feishu: the real SDK, the real adapter, the real bot on a SQLite file. */
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeishuAdapter } from '../../adapters/feishu/feishu.ts';
import { adapterOn } from '../../adapters/feishu/testing.ts';
import { type Bot, startBot } from '../../bot/bot.ts';
import { silentLog } from '../../bot/log.ts';
import { secretOf } from '../../bot/secret.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { createCadre } from '../../prisma/store/cadres.ts';
import { heardUntil } from '../../prisma/store/listening.ts';
import { bindGroups } from '../support/bound-groups.ts';
import { newSqliteFile } from '../support/databases.ts';
import type { SayOptions } from './person.ts';
import { type FakeFeishu, type SentMessage, startFeishu } from './server.ts';

const group = 'oc_software1';
const [zhang, zhao, ma, cao, li] = ['ou_zhang', 'ou_zhao', 'ou_ma', 'ou_cao', 'ou_li'] as const;
const secret = secretOf('k'.repeat(32));

let now: number;
let feishu: FakeFeishu;
let place: Awaited<ReturnType<typeof newSqliteFile>>;
let database: Database;
let adapter: FeishuAdapter;
let bot: Bot;

const begin = async () => {
  database = await openDatabase(place.url);
  adapter = await adapterOn(feishu, {
    now: () => now,
    heardUntil: await heardUntil(database.db, 'feishu', feishu.app.appId),
    // Patient: on a busy machine a late answer is no lost connection, which would leave a gap of a whole night.
    timing: { pongMs: 15_000, answerMs: 2_500 },
  });
  bot = await startBot({ database, adapter, clock: { now: () => now }, secret, log: silentLog });
};
const end = async () => {
  await bot.stop();
  await database.close();
};

beforeEach(async () => {
  // A Tuesday morning in Asia/Shanghai; it only moves when the story says so.
  now = Date.parse('2027-03-09T10:00:00+08:00');
  // The clock stands still while the bot speaks: Feishu's limits by the second are tried elsewhere.
  feishu = await startFeishu({ clock: () => now, limits: false });
  for (const [id, name] of [
    [zhang, '张晓'],
    [zhao, '赵一'],
    [ma, '马二'],
    [cao, '曹三'],
    [li, '李四'],
  ] as const)
    feishu.user(id, name);
  feishu.group(group, '软件一班').with(zhang, zhao, ma, cao, li).botIn(false);
  place = await newSqliteFile();
});
afterEach(async () => {
  await end();
  await feishu.stop();
  await place.remove();
});

/** What was said since the last look, by place: a person privately, or the group. */
const seen = new Map<string, number>();
const news = (id: string): SentMessage[] => {
  const all = feishu.sent(id);
  const fresh = all.slice(seen.get(id) ?? 0);
  seen.set(id, all.length);
  return fresh;
};
beforeEach(() => seen.clear());

/** The words that a person sees on a message, a card's too. */
function words(message: SentMessage | undefined): string {
  if (!message) return '(nothing)';
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (typeof inner !== 'string') walk(inner);
        else if (key === 'content' || key === 'text') found.push(inner);
  };
  walk(message.json);
  return found.join('\n');
}
/** The only thing said there since the last look. */
const only = (id: string): SentMessage => {
  const fresh = news(id);
  expect(fresh.map(words)).toHaveLength(1);
  return fresh[0] as SentMessage;
};

/** Somebody writes; settles when it is acknowledged and all that follows is done and said. */
const says = async (who: string, text: string, options: SayOptions = {}): Promise<string> => {
  now += 1_000;
  const said = feishu.user(who).says(text, options);
  expect((await said.outcome).result).toBe('acknowledged');
  await bot.idle();
  return said.messageId;
};
const inGroup = { chat: group };
/** Somebody presses a button; the answer comes in time and says that it was heard. */
const presses = async (who: string, card: SentMessage, button: string, values = {}): Promise<void> => {
  now += 1_000;
  const pressed = await feishu.user(who).presses(card.messageId, button, values);
  expect(pressed.failed).toBe(false);
  expect(pressed.toast).toEqual({ type: 'info', content: '收到，正在办' });
  expect(pressed.outcome.attempts[0]?.latencyMs).toBeLessThan(3_000);
  await bot.idle();
};
const newCode = async (): Promise<string> => {
  const { code } = await database.transaction((tx) =>
    createCadre(tx, {
      name: '张晓',
      unit: '示例学院团委',
      now,
      random: (bytes) => randomBytes(bytes),
      hash: (text) => secret.hash(text),
    }),
  );
  return code;
};
/** Everything that was kept, but for what moves by itself. */
const kept = async () => {
  const { db } = database;
  const [presence, addresses, marks, inbox, outbox, demands, checkIns, bindings, members, audit] =
    await Promise.all([
      db.presence.findMany(),
      db.address.findMany(),
      db.topicMark.findMany(),
      db.inbox.findMany(),
      db.outbox.findMany(),
      db.demand.findMany(),
      db.checkIn.findMany(),
      db.binding.findMany(),
      db.member.findMany(),
      db.audit.findMany(),
    ]);
  return { presence, addresses, marks, inbox, outbox, demands, checkIns, bindings, members, audit };
};

describe('a cadre and four youths in a Feishu group', () => {
  it('goes from the introduction to the picture of a month', async () => {
    await begin();
    expect((await feishu.group(group).addBot(zhang).outcome).result).toBe('acknowledged');
    await bot.idle();
    expect(words(only(group))).toContain('大家好，我是联青');

    const binding = await says(zhang, `/绑定 ${await newCode()}`, inGroup);
    const bound = only(group);
    expect(words(bound)).toContain('示例学院团委 张晓联系本群');
    expect(bound.parentId).toBe(binding);
    await says(zhang, '/亮身份', { ...inGroup, mention: 'bot' });
    expect(words(only(group))).toContain('共青团示例学院团委 张晓');

    // A topic: three take part clearly (button, quote, tag), one is there at the time.
    await says(zhang, '/话题 发布 图书馆几点最挤？', inGroup);
    const topic = only(group);
    expect(words(topic)).toContain('话题1｜图书馆几点最挤？');
    await presses(zhao, topic, '我来说');
    expect(words(only(zhao))).toContain('欢迎参加话题1');
    await presses(zhao, topic, '我来说');
    expect(news(zhao)).toEqual([]);
    await says(ma, '下午三点以后没座位', { ...inGroup, quote: topic.messageId });
    await says(cao, '我都是晚上去 #话题1', inGroup);
    await says(li, '今天风好大啊', inGroup);
    await says(zhang, '我去跟馆里反映一下', { ...inGroup, mention: ma });
    expect(news(group)).toEqual([]);

    // A demand in the group reaches the cadre privately.
    const demand = await says(cao, '/诉求 宿舍热水晚上十点就停了', inGroup);
    const noted = only(group);
    expect([noted.text, noted.parentId]).toEqual([expect.stringContaining('记为第 1 号诉求'), demand]);
    const notice = only(zhang);
    expect(words(notice)).toContain('宿舍热水晚上十点就停了');
    await presses(zhang, notice, '受理');
    expect(words(only(zhang))).toContain('第 1 号诉求已受理');
    expect(words(only(cao))).toContain('第 1 号诉求已受理');

    // A restart, in the middle of a word: Feishu delivers it again, and it is counted once.
    await end();
    const whileDown = feishu.user(cao).says('有人吗 #话题1', inGroup);
    await begin();
    expect((await whileDown.outcome).result).toBe('acknowledged');
    await bot.idle();
    expect([news(group), news(cao), news(zhang)]).toEqual([[], [], []]);
    await says(zhang, '/问题清单');
    expect(words(only(zhang))).toContain('曹三：宿舍热水晚上十点就停了');
    await says(zhang, '/问题清单 办结 1 后勤处答复：下周起延长到十一点');
    expect(words(only(zhang))).toContain('第 1 号诉求的答复已私下发给对方，等对方确认');
    expect(words(only(cao))).toContain('后勤处答复：下周起延长到十一点');

    // The topic ends: both counts apart, its card without the button.
    await says(zhang, '/话题 结束', inGroup);
    expect(words(only(group))).toContain('明确参与 3 人，另有 1 人');
    const closed = feishu.message(topic.messageId);
    expect(closed?.updates).toBe(1);
    expect(words(closed)).toContain('已结束：明确参与 3 人，推测参与 1 人');
    expect(words(closed)).not.toContain('我来说');

    // An activity this afternoon, its check-in on the card.
    await says(zhang, '/活动 发布 今天下午2点-4点 操场 飞盘局', inGroup);
    expect(words(only(group))).toContain('3月9日（周二）14:00-16:00');
    await says(zhang, '是', inGroup);
    const activity = only(group);
    expect(words(activity)).toContain('活动1｜飞盘局');
    expect(words(only(zhang))).toContain('/活动 签到码 1');
    await presses(zhao, activity, '签到', { code: '1234' });
    expect(words(only(zhao))).toContain('还没开始签到');
    expect(await database.db.checkIn.count()).toBe(0);
    now = Date.parse('2027-03-09T14:10:00+08:00');
    await says(zhang, '/活动 签到码 1');
    const [code = ''] = /(?<!\d)\d{4}(?!\d)/.exec(words(only(zhang))) ?? [];
    const wrong = code === '0000' ? '1111' : '0000';
    await presses(zhao, activity, '签到', { code: wrong });
    expect(words(only(zhao))).toContain('签到码不对');
    await presses(zhao, activity, '签到', { code });
    expect(words(only(zhao))).toContain('签到好了');
    await presses(zhao, activity, '签到', { code });
    expect(words(only(zhao))).toContain('已经签到过了');
    await says(cao, `/签到 ${code}`, inGroup);
    expect(only(group).text).toContain('签到好了');
    expect(await database.db.checkIn.count()).toBe(2);
    now = Date.parse('2027-03-09T16:05:00+08:00');
    await says(zhang, '/活动 结束 1 十几个人玩得很开心');
    expect(words(only(zhang))).toContain('签到 2 人');
    expect(words(only(group))).toContain('签到 2 人，谢谢大家');
    const over = feishu.message(activity.messageId);
    expect(over?.updates).toBe(1);
    expect(words(over)).toContain('已结束，签到 2 人');
    expect(over?.content).not.toContain('"form"');

    // The picture, and the same in words.
    await says(zhang, '/进度');
    const picture = only(zhang);
    expect(picture.type).toBe('image');
    const stored = feishu.world.files.get(String(picture.json.image_key));
    expect(stored?.bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(stored?.bytes.readUInt32BE(16)).toBe(900);
    await says(zhang, '/进度 文字');
    const progress = words(only(zhang));
    expect(progress).toContain('有声音 1 天：9 日');
    expect(progress).toContain('已见 2 人，共 4 人');

    // The next evening, nobody having said a word.
    now = Date.parse('2027-03-10T20:05:00+08:00');
    await expect
      .poll(async () => heardUntil(database.db, 'feishu', feishu.app.appId), { timeout: 15_000 })
      .toBe(now);
    await bot.tick();
    await bot.idle();
    const digest = only(zhang);
    expect(digest.type).toBe('interactive');
    expect(words(digest)).toContain('今晚的小提醒');
    now += 600_000;
    await bot.tick();
    await bot.idle();
    expect(news(zhang)).toEqual([]);

    // Everything once more, in any order.
    const before = await kept();
    feishu.delivery.hold();
    const again = [...feishu.tenant.events.keys()].map((id) => feishu.redeliver(id));
    feishu.delivery.release('random');
    for (const { result } of await Promise.all(again)) expect(result).toBe('acknowledged');
    await bot.idle();
    expect(await kept()).toEqual(before);
    expect([group, zhang, zhao, ma, cao, li].flatMap(news)).toEqual([]);
  }, 60_000);
});

describe('an app that may hear mentions only', () => {
  it('is told to the cadre once, and what nobody could hear is not held against anybody', async () => {
    feishu.app.scopes.delete('im:message.group_msg');
    feishu.group(group).botIn(true);
    database = await openDatabase(place.url);
    const account = { platform: 'feishu', name: feishu.app.appId };
    await bindGroups(database, account, [{ group, cadre: zhang }], now - 86_400_000);
    await database.close();
    await begin();
    await bot.idle();
    expect(adapter.abilities.hears).toBe('mentions');
    expect(only(zhang).text).toContain('只听得到 @我 的消息');
    expect((await feishu.user(ma).says('没有人听见', inGroup).outcome).result).toBe('filtered');
    await end();
    await begin();
    await says(zhang, '/进度 文字', { ...inGroup, mention: 'bot' });
    expect(words(only(group))).toContain('不确定');
    expect(news(zhang)).toEqual([]);
    expect(await database.db.listening.count()).toBe(0);
  }, 60_000);
});

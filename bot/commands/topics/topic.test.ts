import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dayMs, dayOf, halfHourOf } from '../../../domain/calendar/day.ts';
import { cadre, group, stage, youth } from '../scene.ts';
import { type Actor, openStage } from '../testing.ts';
import { topicLibrary } from './topic-library.ts';

const topics = () => stage.database.db.topic.findMany({ orderBy: { number: 'asc' } });

/** A substantive message of a youth now, as intake keeps it. */
const speaks = async (actor: Actor) => {
  const slots = BigInt(2 ** halfHourOf(stage.now));
  await stage.database.db.presence.create({
    data: { groupId: group.id, day: dayOf(stage.now), personId: actor.id, slots },
  });
};

describe('/话题 发布', () => {
  it('posts one card with the tag, and remembers which message opens the topic', async () => {
    const said = await cadre.says('/话题 发布 图书馆几点最挤？');
    expect(said.all).toHaveLength(1);
    const [row] = await topics();
    expect(said.all[0]).toMatchObject({
      key: `topic/${row?.id}`,
      kind: 'post',
      to: { groupId: group.id },
      topicId: row?.id,
    });
    expect(said.text).toContain('话题1｜图书馆几点最挤？');
    expect(said.text).toContain('#话题1、');
    expect(row).toMatchObject({ number: 1, title: '图书馆几点最挤？', libraryId: null });
    expect((row?.closesAt.getTime() ?? 0) - (row?.openedAt.getTime() ?? 0)).toBe(7 * dayMs);
    expect((await cadre.says('/话题发布早饭吃什么？')).text).toContain('话题2｜早饭吃什么？');
  });

  it('privately posts into the only group and says so', async () => {
    const said = await cadre.whispers('/话题 发布 图书馆几点最挤？');
    expect(said.in(group.id).text).toContain('话题1');
    expect(said.to(cadre).text).toContain('已发到“一班”，是话题1');
  });

  it('takes a number of the last list', async () => {
    expect((await cadre.whispers('/话题 发布 1')).text).toContain('先发 /话题 推荐');
    await cadre.whispers('/话题 推荐');
    const shown = topicLibrary.topics.filter(({ text }) => stage.bot.text.includes(text));
    expect(shown).toHaveLength(3);
    stage.now += dayMs;
    expect((await cadre.whispers('/话题 发布 4')).text).toContain('没有 4 号');
    await cadre.whispers('/话题 发布 ２');
    const [row] = await topics();
    expect(shown.map(({ id }) => id)).toContain(row?.libraryId);
    await cadre.whispers('/话题 推荐');
    expect(stage.bot.text).not.toContain(row?.text);
    await cadre.presses('发布 1');
    expect(await topics()).toHaveLength(2);
  });

  it('asks before the same words are posted again', async () => {
    await cadre.says('/话题 发布 图书馆几点最挤？');
    await cadre.says('/话题 发布 图书馆几点最挤？');
    expect(stage.bot.text).toContain('要再发一次吗');
    expect(await topics()).toHaveLength(1);
    await cadre.presses('是');
    expect(await topics()).toHaveLength(2);
  });

  it('is posted once however often its button or number is pressed', async () => {
    await cadre.whispers('/话题 推荐');
    const list = stage.bot;
    await cadre.presses('发布 1');
    expect(await topics()).toHaveLength(1);
    stage.bot = list;
    expect((await cadre.presses('发布 1')).text).toContain('话题1就是这句话，还在进行中');
    const question = stage.bot;
    expect((await cadre.says('/话题 发布 1')).text).toContain('要再发一次吗');
    const [row] = await topics();
    expect((await cadre.says(`/话题 发布 ${row?.text}`)).text).toContain('要再发一次吗');
    expect(await topics()).toHaveLength(1);
    // A second pressing of the question's own yes finds nothing to answer.
    stage.bot = question;
    await cadre.presses('是');
    stage.bot = question;
    expect((await cadre.presses('是')).in(group.id).all).toEqual([]);
    expect(await topics()).toMatchObject([{ libraryId: row?.libraryId }, { libraryId: row?.libraryId }]);
  });

  it('is the cadre’s alone', async () => {
    expect((await youth.says('/话题 发布 打游戏吗')).text).toContain('是本群团干部用的');
    expect((await youth.whispers('/话题 发布 打游戏吗')).text).toContain('这个命令是团干部用的');
    expect((await youth.says('/话题 结束 1')).text).toContain('是本群团干部用的');
    const other = await stage.group('二班');
    const stranger = await stage.cadre('王老师', other);
    stranger.group = group;
    expect((await stranger.says('/话题 发布 打游戏吗')).text).toContain('是本群团干部用的');
    expect(await topics()).toEqual([]);
  });

  it('answers what is no topic, and posts hostile words harmlessly', async () => {
    expect((await cadre.says('/话题 发布')).text).toContain('例如：/话题 发布 1');
    expect((await cadre.says('/话题 发布 x'.padEnd(1_000_000, '长'))).text).toContain('太长了');
    await cadre.says('/话题 发布 @所有人 <at user_id="all">\u202e看这里\u0000</at>');
    expect(stage.bot.text).toContain('＠所有人 <at user_id="all">看这里</at>');
    for (const char of ['@', '\u202e', '\u0000']) expect(stage.bot.text).not.toContain(char);
  });
});

describe('我来说', () => {
  it('is a clear participation once a person, answered privately', async () => {
    await cadre.says('/话题 发布 图书馆几点最挤？');
    const posted = stage.bot;
    const said = await youth.presses('我来说');
    expect(said.all).toHaveLength(1);
    expect(said.to(youth).text).toContain('欢迎参加话题1');
    stage.bot = posted;
    stage.now += 60_000;
    expect((await youth.presses('我来说')).all).toEqual([]);
    const marks = await stage.database.db.topicMark.findMany();
    expect(marks.map(({ key, personId }) => [key, personId])).toEqual([
      [`topic:${(await topics())[0]?.id}`, youth.id],
    ]);
  });

  it('is not for the cadre, nor for a topic that is over or unknown', async () => {
    await cadre.says('/话题 发布 图书馆几点最挤？');
    expect((await cadre.presses('我来说')).to(cadre).text).toContain('给群里小伙伴用的');
    expect((await youth.says('/话题 我来说 9')).text).toContain('没有话题9');
    stage.now += 7 * dayMs + 1;
    expect((await youth.says('/话题 我来说 1')).text).toContain('已经结束了');
    expect(await stage.database.db.topicMark.count()).toBe(0);
  });
});

describe('/话题 结束', () => {
  it('thanks the group and keeps both counts apart', async () => {
    await cadre.says('/话题 发布 图书馆几点最挤？');
    await youth.presses('我来说');
    await speaks(await stage.person('小红', group));
    await speaks(cadre);
    const said = await cadre.says('/话题 结束 1');
    expect(said.all).toMatchObject([{ kind: 'post' }, { kind: 'post', updates: 'topic/1' }]);
    expect(said.text).toContain('明确参与 1 人，另有 1 人当时也在群里说话（推测参与）');
    expect((await topics())[0]).toMatchObject({ clear: 1, inferred: 1, closedAt: new Date(stage.now) });
    expect((await cadre.says('/话题 结束 1')).text).toContain('已经结束了');
    expect((await youth.says('/话题 列表')).text).toContain('已结束，明确参与 1 人、推测参与 1 人');
  });

  it('needs no number for the only open one, and asks among several', async () => {
    expect((await cadre.says('/话题 结束')).text).toContain('没有进行中的话题');
    await cadre.says('/话题 发布 早饭吃什么？');
    await cadre.says('/话题 发布 午饭吃什么？');
    expect((await cadre.says('/话题 结束')).text).toContain('请写编号');
    expect((await cadre.says('/话题 结束 7')).text).toContain('没有话题7');
    await cadre.says('/话题 结束 第1个');
    expect((await cadre.whispers('/话题 结束')).to(cadre).text).toContain('话题2已结束');
  });
});

describe('several groups', () => {
  it('are asked for by number, name or button', async () => {
    const other = await stage.group('二班');
    cadre.group = other;
    await cadre.says('/绑定');
    cadre.group = group;
    await cadre.whispers('/话题 发布 早饭吃什么？');
    expect(stage.bot.text).toContain('群1　一班\n群2　二班');
    await cadre.presses('二班');
    expect(stage.bot.in(other.id).text).toContain('早饭吃什么？');
    expect((await cadre.whispers('/话题 发布 群2 午饭吃什么？')).in(other.id).text).toContain('话题2');
    expect((await cadre.whispers('/话题 发布 @一班 晚饭吃什么？')).in(group.id).text).toContain('话题1');
    expect((await cadre.whispers('/话题 列表 群9')).text).toContain('您在 2 个群里，这次说的是哪一个');
    expect((await cadre.whispers(`/话题 发布 ${'长'.repeat(1_000_000)}`)).text).toContain('太长了');
    await youth.whispers('/话题 列表');
    expect(stage.bot.text).toContain('晚饭吃什么？');
  });
});

it('a topic, its number and the last list survive a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lianqing-'));
  const own = await openStage({ url: `file:${join(folder, 'test.db')}` });
  const place = await own.group('一班');
  const leader = await own.cadre('李老师', place);
  await leader.whispers('/话题 推荐');
  await leader.says('/话题 发布 早饭吃什么？');
  await own.restart();
  expect((await leader.whispers('/话题 发布 1')).in(place.id).text).toContain('话题2｜');
  expect((await leader.says('/话题 列表')).text).toContain('早饭吃什么？');
  await own.database.close();
  await rm(folder, { recursive: true });
});

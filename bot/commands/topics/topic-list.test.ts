/** What is proposed, changed and planned, as dialogues. */
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../domain/calendar/day.ts';
import { parseInstant } from '../../../domain/calendar/instant.ts';
import { openTopics } from '../../jobs/topics.ts';
import { cadre, group, stage } from '../scene.ts';
import { topicLibrary } from './topic-library.ts';

const topics = () => stage.database.db.topic.findMany({ orderBy: { number: 'asc' } });
const shown = () => topicLibrary.topics.filter(({ text }) => stage.bot.text.includes(text));
const moveTo = (at: string) => {
  stage.now = parseInstant(at) ?? stage.now;
};
const tick = () => openTopics.run(stage.database, stage.now);
const posted = async () =>
  (await stage.database.db.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ key, groupId, body }) => ({
    key,
    groupId,
    text: String(JSON.parse(body ?? '{}').title ?? JSON.parse(body ?? '{}').text),
  }));

describe('/话题 推荐', () => {
  it('says why, and brings others when asked again', async () => {
    await cadre.whispers('/话题 推荐');
    const first = shown();
    expect(first).toHaveLength(3);
    expect(stage.bot.text.match(/（因为/g)).toHaveLength(3);
    expect(stage.bot.text).toContain('正当时（');
    await cadre.presses('换一批');
    const second = shown();
    expect(second).toHaveLength(3);
    expect(second.filter((one) => first.includes(one))).toEqual([]);
  });

  it('tells the cadre privately what several people asked for, and nobody in the group', async () => {
    for (const [name, text] of [
      ['小明', '实习去哪里找'],
      ['小红', '想听找工作的讲座'],
    ] as const)
      await (await stage.person(name, group)).whispers(`/诉求 ${text}`);
    expect((await cadre.whispers('/话题 推荐')).text).toContain('最近有 2 人反映的事和就业有关');
    expect((await cadre.says('/话题 推荐')).text).not.toContain('反映');
  });

  it('learns which topics worked, and never repeats one within half a year', async () => {
    moveTo('2026-10-14T15:00:00+08:00');
    const [canteen, seat] = ['campus-cat', 'study-seat'];
    await cadre.says(`/话题 发布 ${canteen}`);
    await stage.database.db.topic.updateMany({
      data: { closedAt: new Date(stage.now), clear: 9, inferred: 4 },
    });
    stage.now += dayMs;
    await cadre.says(`/话题 发布 ${seat}`);
    await stage.database.db.topic.updateMany({
      where: { number: 2 },
      data: { closedAt: new Date(stage.now), clear: 0, inferred: 1 },
    });
    expect((await cadre.whispers('/话题 推荐')).text).toContain(
      '上次聊“校园里的猫狗”，明确参与 9 人、推测参与 4 人',
    );
    expect(shown().map(({ id }) => id)).not.toContain(canteen);
  });
});

describe('/话题 修改', () => {
  it('changes a proposal’s words, and what it came from is remembered', async () => {
    expect((await cadre.whispers('/话题 修改 1 换个说法')).text).toContain('先发 /话题 推荐');
    await cadre.whispers('/话题 推荐');
    const second = topicLibrary.topics.find(({ title }) => stage.bot.text.includes(`2. ${title}：`));
    expect((await cadre.whispers('/话题 修改 4 换个说法')).text).toContain('没有 4 号');
    await cadre.whispers('/话题 修改 2 @所有人 咱们班都去哪儿自习？');
    expect(stage.bot.text).toContain(`改好了：${second?.title}`);
    expect(await topics()).toEqual([]);
    expect((await cadre.presses('现在发布')).in(group.id).text).toContain('＠所有人 咱们班都去哪儿自习？');
    expect(await topics()).toMatchObject([
      { libraryId: second?.id, title: second?.title, followUp: second?.followUp },
    ]);
    // Its twin of the library is the same topic.
    await cadre.whispers(`/话题 发布 ${second?.id}`);
    expect(stage.bot.text).toContain('是同一个，还在进行中');
    expect(await topics()).toHaveLength(1);
  });
});

describe('a card of proposals', () => {
  it('posts the words that stand on it, or nothing, whatever the list has become', async () => {
    stage.model = false;
    await cadre.whispers('/话题 起草 食堂');
    const earlier = stage.bot;
    const first = topicLibrary.topics.find(({ title }) => earlier.text.includes(`1. ${title}：`));
    await cadre.whispers('/话题 起草 跑步');
    stage.bot = earlier;
    expect((await cadre.presses('发布 1')).text).toContain('已经换过了，没有发布');
    expect(await topics()).toEqual([]);
    await cadre.whispers('/话题 起草 食堂');
    expect((await cadre.presses('发布 1')).in(group.id).text).toContain(first?.text);
  });

  it('asks again about the very words, also when the list changes before the yes', async () => {
    await cadre.whispers('/话题 起草 食堂');
    await cadre.whispers('/话题 修改 1 食堂三楼的面，你吃过吗？');
    await cadre.whispers('/话题 发布 1');
    expect((await cadre.whispers('/话题 发布 1')).text).toContain('还在进行中');
    await cadre.whispers('/话题 起草 跑步');
    expect((await cadre.whispers('是')).text).toContain('已经换过了，没有发布');
    expect(await topics()).toHaveLength(1);
  });
});

describe('/话题 定时', () => {
  it('echoes the time, waits for the yes and the time, and posts once', async () => {
    await cadre.whispers('/话题 推荐');
    const [, , third] = [1, 2, 3].map((n) =>
      topicLibrary.topics.find(({ title }) => stage.bot.text.includes(`${n}. ${title}：`)),
    );
    await cadre.whispers('/话题 定时 3 今晚8点');
    expect(stage.bot.text).toContain('20:00');
    expect(stage.bot.text).toContain(third?.text);
    await cadre.presses('是');
    expect(stage.bot.text).toContain('定好了');
    expect((await cadre.whispers('/话题 列表')).text).toContain(`定时1　${third?.title}`);
    expect((await cadre.says('/话题 列表')).text).not.toContain('定时1');
    moveTo('2026-09-02T19:59:00+08:00');
    await tick();
    expect(await topics()).toEqual([]);
    moveTo('2026-09-02T20:00:10+08:00');
    await Promise.all([tick(), tick()]);
    const [row, ...others] = await topics();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ libraryId: third?.id, openedAt: new Date(stage.now) });
    expect(await posted()).toEqual([
      { key: `topic/${row?.id}`, groupId: group.id, text: `话题1｜${third?.title}` },
    ]);
  });

  it('takes the cadre’s own words, and a date that begins with a number', async () => {
    await cadre.says('/话题 定时 9月5日19:00 周末想去哪儿走走？');
    expect(stage.bot.text).toContain('周末想去哪儿走走？');
    await cadre.says('是');
    expect(await stage.database.db.plannedTopic.findMany()).toMatchObject([
      { text: '周末想去哪儿走走？', at: new Date('2026-09-05T19:00:00+08:00') },
    ]);
  });

  it.each([
    ['/话题 定时 1 今晚8点', '先发 /话题 推荐'],
    ['/话题 定时 早饭吃什么？', '例如|请写成|几点'],
    ['/话题 定时 今晚8点', '还要写推荐列表里的编号'],
    ['/话题 定时 今天上午8点 早饭吃什么？', '已经过了'],
    ['/话题 定时 今晚11点半 夜宵吃什么？', '换个时间'],
    ['/话题 定时 12月30日20:00 跨年怎么过？', '太远了'],
  ])('answers what cannot be: %s', async (typed, answer) => {
    expect((await cadre.whispers(typed)).text).toMatch(new RegExp(answer));
    expect(await stage.database.db.plannedTopic.count()).toBe(0);
  });

  it('can be taken back, one of several by its number', async () => {
    expect((await cadre.whispers('/话题 取消定时')).text).toContain('不用取消');
    for (const [time, words] of [
      ['今晚8点', '早饭吃什么？'],
      ['明晚8点', '午饭吃什么？'],
    ] as const) {
      await cadre.whispers(`/话题 定时 ${time} ${words}`);
      await cadre.whispers('是');
    }
    expect((await cadre.whispers('/话题 取消定时')).text).toContain('定时2　午饭吃什么？');
    expect((await cadre.whispers('/话题 取消定时 2')).text).toContain('不发了');
    expect((await cadre.whispers('/话题 取消定时')).text).toContain('早饭吃什么？');
    moveTo('2026-09-04T20:00:00+08:00');
    await tick();
    expect(await topics()).toEqual([]);
  });

  it('too late is not posted but told to the cadre; who leads the group no more has nothing posted', async () => {
    await cadre.whispers('/话题 定时 今晚8点 早饭吃什么？');
    await cadre.whispers('是');
    moveTo('2026-09-02T21:00:01+08:00');
    await tick();
    expect(await posted()).toMatchObject([{ key: 'planned/1/late', groupId: null }]);
    expect((await posted())[0]?.text).toContain('没能按时发');
    await cadre.whispers('/话题 定时 明晚8点 午饭吃什么？');
    await cadre.whispers('是');
    await stage.database.db.binding.deleteMany();
    moveTo('2026-09-03T20:00:00+08:00');
    await tick();
    expect(await topics()).toEqual([]);
    expect(await posted()).toHaveLength(1);
  });
});

describe('/话题 话头', () => {
  it('gives three lines to say, privately, others the next time', async () => {
    await cadre.whispers('/话题 话头');
    const first = stage.bot.text.split('\n').filter((line) => line.startsWith('· '));
    expect(first).toHaveLength(3);
    stage.now += 60_000;
    await cadre.presses('再来三句');
    expect(stage.bot.text.split('\n').filter((line) => line.startsWith('· '))).not.toEqual(first);
    expect(stage.bot.all.every(({ to }) => 'personId' in to)).toBe(true);
    expect((await cadre.says('/话题 话头')).text).toContain('请私聊我发');
  });
});

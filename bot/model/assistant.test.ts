/** Dialogues with and without a model, and what no text may bring about. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { injections } from '../../tests/support/injections.ts';
import { type Behaviour, StandInModel } from '../../tests/support/stand-in-model.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../commands/testing.ts';
import { topicLibrary } from '../commands/topics/topic-library.ts';
import { silentLog } from '../log.ts';
import { Assistant } from './assistant.ts';
import { Model } from './model.ts';

let stage: Stage;
let endpoint: StandInModel;
let group: StageGroup;
let cadre: Actor;
let youth: Actor;
beforeEach(async () => {
  [stage, endpoint] = await Promise.all([openStage(), StandInModel.open()]);
  stage.model = true;
  group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('王小明', group);
});
afterEach(async () => {
  await endpoint.close();
  await stage.database.close();
});

/** Lets the model answer what was put to it, as after a restart: the rows alone know what is to be asked. */
async function answered(...next: Behaviour[]) {
  if (next.length > 0) endpoint.next = next;
  const { database, accountId } = stage;
  const clock = { now: () => stage.now };
  const settings = {
    apiKey: 'k',
    baseUrl: endpoint.url,
    model: 'm',
    dailyTokens: 9_999_999,
    timeoutMs: 10_000,
  };
  const model = new Model({ ...settings, price: undefined }, { database, clock, log: silentLog });
  let said = 0;
  const assistant = new Assistant({
    database,
    accountId,
    model,
    clock,
    log: silentLog,
    said: () => {
      said++;
    },
  });
  assistant.wake();
  await assistant.idle();
  await assistant.stop();
  const rows = await database.db.outbox.findMany({ orderBy: { id: 'asc' } });
  await database.db.outbox.deleteMany();
  expect(said).toBe(rows.length);
  return rows.map(({ key, personId, groupId, body }) => ({
    key,
    personId,
    groupId,
    draft: JSON.parse(body ?? '{}') as {
      title: string;
      text: string;
      buttons?: { label: string; command: string }[];
    },
  }));
}

const drafted = {
  topics: [
    { title: '熄灯以后', text: '熄灯后的十分钟，你一般在干什么？', followUp: '今晚换一种过法，明天来说说。' },
    {
      title: '宿舍的暗号',
      text: '你们宿舍有什么只有自己人懂的一句话？',
      followUp: '猜猜上面那句是什么意思？',
    },
    { title: '最好用的一件', text: '宿舍里哪样小东西你离不开？', followUp: '它是怎么来的？说来听听。' },
  ],
};
const json = (value: unknown) => ({ text: JSON.stringify(value) });

describe('/话题 起草', () => {
  it('brings the model’s drafts privately; nothing is in the group until the cadre posts one', async () => {
    expect((await cadre.whispers('/话题 起草 宿舍生活')).all).toEqual([]);
    const [card, ...others] = await answered(json(drafted));
    expect(others).toEqual([]);
    expect(card).toMatchObject({ key: 'model/1', personId: cadre.id, groupId: null });
    expect(card?.draft.text).toContain('熄灯后的十分钟');
    expect(card?.draft.text).toContain('模型起草的，发之前请看一遍');
    expect(await stage.database.db.topic.count()).toBe(0);
    const said = await cadre.whispers('/话题 发布 2');
    expect(said.in(group.id).text).toContain('只有自己人懂的一句话');
    expect(await stage.database.db.topic.findFirst()).toMatchObject({ followUp: '猜猜上面那句是什么意思？' });
    // The question is wiped, and not asked again.
    expect(await stage.database.db.modelTask.findMany()).toMatchObject([{ body: null }]);
    expect(await answered()).toEqual([]);
  });

  it('without a model finds topics of the library at once, and says so', async () => {
    stage.model = false;
    await cadre.whispers('/话题 起草 食堂');
    expect(stage.bot.text).toContain('没有配置模型');
    expect(stage.bot.text).toContain('食堂');
    expect(await stage.database.db.modelTask.count()).toBe(0);
    expect((await cadre.whispers('/话题 发布 1')).in(group.id).all).toHaveLength(1);
  });

  it.each(['500', 'not json', 'cut'] as const)(
    'falls back to the library on %s, and says so',
    async (fault) => {
      await cadre.whispers('/话题 起草 考研');
      const [card] = await answered(fault);
      expect(card?.draft.text).toMatch(/（模型.*，这是按规则给的/);
      expect(topicLibrary.topics.filter(({ text }) => card?.draft.text.includes(text))).toHaveLength(3);
    },
  );
});

describe('the problem list', () => {
  const asked = async () => JSON.stringify(endpoint.asked);

  it('gets a kind and a field proposed, without the asker’s name', async () => {
    await youth.whispers('/诉求 我叫王小明，宿舍热水总断，希望早点修');
    await cadre.whispers('/问题清单 归类 1');
    const [card] = await answered(json({ kind: '意见建议', field: '后勤' }));
    expect(card?.draft.text).toBe('类别：意见建议\n领域：后勤\n（模型的建议，以您的判断为准。）');
    expect(await asked()).not.toContain('王小明');
    stage.model = false;
    expect((await cadre.whispers('/问题清单 归类 1')).text).toContain('按规则给的建议');
    expect((await cadre.whispers('/问题清单 归类 9')).text).toContain('没有第 9 号');
  });

  it('is summed up in counts, with a neutral summary before them', async () => {
    expect((await cadre.whispers('/问题清单 小结')).text).toContain('没有收到诉求');
    await youth.whispers('/诉求 宿舍热水总断');
    await youth.whispers('/诉求 想听就业讲座');
    await cadre.whispers('/问题清单 小结');
    const summary = '大家反映的事有两个方面：晚间热水和就业讲座。';
    const [card] = await answered(json({ summary }));
    expect(card?.draft.text).toContain(summary);
    expect(card?.draft.text).toContain('共 2 件：待受理 2。');
    stage.model = false;
    expect((await cadre.whispers('/问题清单 小结')).text).toContain('后勤 1 件');
  });

  it('never sends a cry for help to a model', async () => {
    await youth.whispers('/诉求 我不想活了');
    await cadre.whispers('/问题清单 归类 1');
    await cadre.whispers('/问题清单 小结');
    expect(await stage.database.db.modelTask.count()).toBe(0);
  });
});

describe('a plain sentence', () => {
  it('of a cadre becomes a command to press, which is checked as if it were typed', async () => {
    expect((await cadre.whispers('帮我看看这个月做得怎么样了')).all).toEqual([]);
    const [card] = await answered(json({ command: '/进度' }));
    expect(card).toMatchObject({ personId: cadre.id, groupId: null });
    expect(card?.draft.buttons?.[0]).toEqual({ label: '就是这个', command: '/进度', style: 'primary' });
    await cadre.says('@小联 周六下午去操场夜跑，帮我发个活动', { mentionsBot: true });
    const [other] = await answered(json({ command: '/活动 发布 周六下午2点-4点 操场 夜跑' }));
    expect(other).toMatchObject({ personId: cadre.id, groupId: null });
    expect((await cadre.says(other?.draft.buttons?.[0]?.command ?? '')).text).toContain('要发布到“一班”吗');
    expect(await stage.database.db.activity.count()).toBe(0);
  });

  it('of a youth is sent nowhere, and without a model all is as before', async () => {
    await youth.whispers('帮我看看这个月做得怎么样了');
    await youth.says('@小联 今天食堂吃什么', { mentionsBot: true });
    stage.model = false;
    expect((await cadre.whispers('帮我看看这个月做得怎么样了')).text).toContain('我听得懂以“/”开头的命令');
    expect(await stage.database.db.modelTask.count()).toBe(0);
  });

  it.each(['/绑定 AAAA-AAAA', '/诉求 x', '/不存在', '活动', '/问题清单 办结', '', '/签到 1234'])(
    'is never taken for what a cadre could not mean: %s',
    async (command) => {
      await cadre.whispers('随便说一句什么话');
      const [card] = await answered(json({ command }));
      expect(card?.draft.buttons).toEqual([{ label: '帮助', command: '/帮助' }]);
    },
  );
});

describe('injections', () => {
  /** A model that does whatever it is told: what was written comes back in every field. */
  const obedient = (text: string): Behaviour =>
    json({
      topics: [0, 1, 2].map(() => ({ title: '听你的', text, followUp: text })),
      kind: text,
      field: text,
      summary: text,
      command: text,
    });

  it('are at least forty', () => {
    expect(new Set(injections).size).toBeGreaterThanOrEqual(40);
  });

  it('stay data in what is sent, and change nothing even where the model obeys', async () => {
    const db = stage.database.db;
    for (const text of injections) {
      await db.demand.deleteMany();
      const personId = youth.id;
      await db.demand.create({
        data: { groupId: group.id, number: 1, askerId: personId, text, createdAt: new Date(stage.now) },
      });
      for (const typed of [
        `/话题 起草 ${text}`,
        '/问题清单 归类 1',
        '/问题清单 小结',
        text.replace(/^[/@\s]+/, '帮我'),
      ])
        await cadre.whispers(typed);
      endpoint.asked.length = 0;
      const cards = await answered(obedient(text));
      expect(
        [cards.length, endpoint.asked.length].every((count) => count >= 3),
        text,
      ).toBe(true);
      for (const { messages } of endpoint.asked) {
        expect(messages.filter(({ role }) => role === 'system')).toHaveLength(1);
        // Nothing that was written stands in the instructions, and what stands in the data is still one JSON value.
        expect(messages[0]?.content).not.toContain(text);
        expect(Object.keys(JSON.parse(messages[1]?.content ?? '')).length).toBeLessThanOrEqual(2);
      }
      for (const { personId: to, groupId, draft } of cards) {
        expect([to, groupId]).toEqual([cadre.id, null]);
        expect(draft.text).not.toMatch(/https?:|www\.|@|1\d{10}|\u202e|\u200b/);
        for (const { command } of draft.buttons ?? [])
          expect(command).toMatch(/^\/(话题 发布 群#\d+ \d|帮助|问题清单 |活动 |话题 |提醒 )/);
        for (const { command } of draft.buttons ?? []) expect(command).not.toContain('绑定');
      }
    }
    // Nothing was posted, ended, muted, closed, or bound by any of it.
    expect(await db.topic.count()).toBe(0);
    expect(await db.mute.count()).toBe(0);
    expect(await db.binding.count()).toBe(1);
    expect(await db.demand.findMany()).toMatchObject([{ state: 'open' }]);
  });
});

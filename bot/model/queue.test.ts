/** What becomes of a question when the process, the database or the code fails around it; and a report's draft. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../prisma/database.ts';
import { addTask } from '../../prisma/store/model.ts';
import { injections } from '../../tests/support/injections.ts';
import { type Actor, openStage, type Stage, type StageGroup } from '../commands/testing.ts';
import { silentLog } from '../log.ts';
import { Assistant } from './assistant.ts';
import { promptOf } from './prompts.ts';
import { type Asks, noModel } from './tasks.ts';

let stage: Stage;
let group: StageGroup;
let cadre: Actor;
/** What the model answers to every purpose, and what it was asked. */
let answer: unknown;
let asked: string[];
const model = {
  async ask(purpose: string, data: unknown) {
    asked.push(`${purpose} ${JSON.stringify(data)}`);
    return { kind: 'answer', value: answer, tokens: 1 };
  },
} as Asks;

beforeEach(async () => {
  stage = await openStage();
  stage.model = true;
  group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  asked = [];
  answer = { command: '/进度' };
});
afterEach(() => stage.database.close());

function assistant(parts: { readonly model?: Asks; readonly database?: Database } = {}): Assistant {
  const { accountId, database } = stage;
  const clock = { now: () => stage.now };
  return new Assistant({ database, accountId, model, clock, log: silentLog, said() {}, ...parts });
}
async function run(one: Assistant): Promise<void> {
  one.wake();
  await one.idle();
}
const said = async () =>
  (await stage.database.db.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ key, body }) => ({
    key,
    text: `${JSON.parse(body ?? '{}').title ?? JSON.parse(body ?? '{}').name}\n${JSON.parse(body ?? '{}').text ?? ''}`,
  }));

it('killed between the answer and the outbox, it is asked again and says it once', async () => {
  await cadre.whispers('帮我看看这个月做得怎么样了');
  let dies = true;
  const dying: Database = {
    ...stage.database,
    transaction: (work) =>
      stage.database.transaction(async (tx) => {
        const done = await work(tx);
        if (dies) throw new Error('killed');
        return done;
      }),
  };
  const first = assistant({ database: dying });
  await run(first);
  expect([asked.length, await said()]).toEqual([1, []]);
  await first.stop();
  dies = false;
  const [second, third] = [assistant(), assistant()];
  await Promise.all([run(second), run(third)]);
  expect((await said()).map(({ key }) => key)).toEqual(['model/1']);
  await Promise.all([second.stop(), third.stop()]);
});

it('answered twice at once, only the answer that is said is kept', async () => {
  await cadre.whispers('/话题 起草 宿舍生活');
  let calls = 0;
  const changing = {
    async ask() {
      const n = ++calls;
      const topics = [1, 2, 3].map((i) => ({
        title: `题${n}${i}`,
        text: `第${n}次的${i}`,
        followUp: '后来呢？',
      }));
      return { kind: 'answer', value: { topics }, tokens: 1 };
    },
  } as unknown as Asks;
  const [one, other] = [assistant({ model: changing }), assistant({ model: changing })];
  await Promise.all([run(one), run(other)]);
  await Promise.all([one.stop(), other.stop()]);
  expect(calls).toBe(2);
  const [card, ...others] = await said();
  expect(others).toEqual([]);
  const kept = await stage.database.db.confirmation.findMany();
  const [first] = kept.flatMap(({ command }) => (command.startsWith('[') ? JSON.parse(command) : []));
  expect(card?.text).toContain(first.text);
});

it('a fault in one question is said to its cadre and does not hold up the others', async () => {
  const { accountId, database, now } = stage;
  const task = { accountId, purpose: 'understand', personId: cadre.id, groupId: group.id };
  await addTask(database.db, { ...task, body: '{"data":' }, now);
  await addTask(database.db, { ...task, purpose: 'no such', body: '{"data":{}}' }, now);
  await cadre.whispers('帮我看看这个月做得怎么样了');
  const one = assistant();
  await run(one);
  await one.stop();
  expect((await said()).map(({ text }) => text.split('\n')[0])).toEqual([
    '没有办成',
    '没有办成',
    '您是想这样吗？',
  ]);
});

it('stopped while it waits for the model, it leaves the question to the next start, which may have no model', async () => {
  await cadre.whispers('/话题 起草 宿舍生活');
  const waiting: Asks = {
    ask: (_, __, ___, stop) =>
      new Promise((resolve) => {
        stop?.addEventListener('abort', () => resolve({ kind: 'failure', why: 'timeout', tokens: 0 }));
      }),
  };
  const first = assistant({ model: waiting });
  first.wake();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await first.stop();
  expect(await said()).toEqual([]);
  const second = assistant({ model: noModel });
  await run(second);
  await second.stop();
  const [card, ...others] = await said();
  expect(others).toEqual([]);
  expect(card?.text).toContain('现在没有配置模型，这是按规则给的');
});

it('the longest sentence fits beside all commands into what the model may be asked', async () => {
  await cadre.whispers(`帮我${'记'.repeat(190)}一下`);
  const { body } = await stage.database.db.modelTask.findFirstOrThrow();
  const { data } = JSON.parse(body ?? '{}');
  // With room for some more of them.
  expect(JSON.stringify(data).length * 1.3).toBeLessThan(promptOf('understand').maxInput);
});

it('a report is told in records alone, and what they do not bear is struck, and said to be', async () => {
  const youth = await stage.person('王小明', group);
  await youth.whispers('/诉求 宿舍热水总断');
  await cadre.says(`/话题 发布 ${injections[0]}，你们说呢，王小明怎么看？`);
  answer = {
    sentences: [
      { part: '做法', text: '群里现在有青年 1 人。', records: [2] },
      { part: '做法', text: '群里现在有青年 100 人，大家踊跃参加。', records: [2] },
      { part: '经验', text: '深受青年欢迎。', records: [2] },
      { part: '问题', text: '没有什么问题。', records: [] },
      { part: '打算', text: '接着做。', records: [99] },
    ],
  };
  await cadre.whispers('/报告 学期');
  expect(await said()).toEqual([]);
  const one = assistant();
  await run(one);
  await one.stop();
  const [card, file, ...others] = await said();
  expect(others).toEqual([]);
  expect([card?.key, file?.key]).toEqual(['model/1', 'model/1/1']);
  expect(card?.text).toContain('群里现在有青年 1 人。[2]');
  expect(card?.text).not.toMatch(/踊跃|欢迎|没有什么问题|\[99\]/);
  expect(card?.text).toContain(
    '留下 1 句，划掉了 4 句（没写依据 1 句、依据不存在 1 句、数字和依据对不上 1 句、说得比依据满 1 句）',
  );
  // What was not done is said though the model kept silent about it.
  expect(card?.text).toMatch(/它没写的不足和漏听，按记录补了 \d+ 句/);
  expect(card?.text).toMatch(/没有办线下活动.*\n[\s\S]*没有记过工作纪实/);
  expect(file?.text).toContain('工作情况初稿-2026年秋季学期.docx');
  expect(asked).toHaveLength(1);
  expect(asked[0]?.normalize('NFKC')).toContain(injections[0]?.normalize('NFKC'));
  for (const told of ['王小明', '热水', '李老师', '话题 1 号']) expect(asked[0]).not.toContain(told);
});

it('a report of which nothing is borne, or for which there is no model, is the rules’', async () => {
  answer = { sentences: [{ part: '做法', text: '成效显著。', records: [1] }] };
  for (const [with_, note] of [
    [model, '模型写的都没有依据，划掉了 1 句（说得比依据满 1 句）；这是按规则写的'],
    [noModel, '现在没有配置模型，这是按规则给的'],
  ] as const) {
    await stage.database.db.outbox.deleteMany();
    await cadre.whispers('/报告 学期');
    const one = assistant({ model: with_ });
    await run(one);
    await one.stop();
    const [card] = await said();
    expect(card?.text).toContain(note);
    expect(card?.text).toContain('没有记过工作纪实。[');
  }
});

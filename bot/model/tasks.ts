/** What each purpose is asked with, and what its answer, or the rules' in its place, looks like to the cadre. */
import { z } from 'zod';
import type { Tx } from '../../prisma/database.ts';
import { addTask, type TaskRow } from '../../prisma/store/model.ts';
import type { Situation } from '../commands/command.ts';
import { ruleFor, ruleKind, type RuleTopic } from '../commands/rules.ts';
import { card } from '../commands/say.ts';
import { draftsCard, keepList, type Proposal } from '../commands/topic-list.ts';
import { commandIn } from '../commands/understood.ts';
import type { Draft } from '../outbox/message.ts';
import type { Asked, Failure } from './model.ts';
import type { Purpose } from './prompts.ts';

const bodySchema = z.object({
  data: z.record(z.string(), z.unknown()),
  /** What the rules answer, worked out when the question was put. */
  rule: z.unknown(),
});

const why: Readonly<Record<Failure, string>> = {
  budget: '今天的模型额度用完了',
  resting: '模型这会儿连不上，过几分钟再试',
  timeout: '模型太久没有回答',
  refused: '模型不接受这次请求，请管理员看看设置',
  unreachable: '模型这会儿连不上',
  invalid: '模型的回答不合要求，没有采用',
  'too-long': '内容太长，没有交给模型',
};

/** Puts a question of a cadre's, with the rules' answer for when the model has none. */
export async function putQuestion(
  { db, accountId, person, now }: Situation,
  question: {
    readonly purpose: Purpose;
    readonly data: Readonly<Record<string, unknown>>;
    readonly rule: unknown;
    readonly groupId?: number | undefined;
  },
): Promise<void> {
  const { purpose, data, rule, groupId } = question;
  await addTask(
    db,
    { accountId, purpose, personId: person.id, groupId, body: JSON.stringify({ data, rule }) },
    now,
  );
}

/** The question of a task, and how its outcome is told. */
export function answerTask(task: TaskRow): {
  readonly data: { readonly purpose: Purpose; readonly data: Readonly<Record<string, unknown>> };
  readonly settle: (tx: Tx, asked: Asked<Purpose>, now: number) => Promise<Draft>;
} {
  const { data, rule } = bodySchema.parse(JSON.parse(task.body));
  const purpose = z.enum(['topic-drafts', 'demand-kind', 'problem-summary', 'understand']).parse(task.purpose);
  return {
    data: { purpose, data },
    settle: async (tx, asked, now) => {
      const given = asked.kind === 'answer' ? asked.value : undefined;
      const note = asked.kind === 'answer' ? '' : `（${why[asked.why]}，这是按规则给的。）`;
      switch (purpose) {
        case 'topic-drafts':
          return drafts(tx, task, given as Asked_<'topic-drafts'>, rule as readonly RuleTopic[], note, now);
        case 'demand-kind':
          return kindCard(data, given as Asked_<'demand-kind'>, ruleKind.parse(rule), note);
        case 'problem-summary':
          return summaryCard(given as Asked_<'problem-summary'>, String(rule), note);
        case 'understand':
          return understoodCard(given as Asked_<'understand'>, note);
      }
    },
  };
}

type Asked_<P extends Purpose> = Extract<Asked<P>, { kind: 'answer' }>['value'] | undefined;

async function drafts(
  tx: Tx,
  { personId, groupId = 0 }: TaskRow,
  given: Asked_<'topic-drafts'>,
  rule: readonly Proposal[],
  note: string,
  now: number,
): Promise<Draft> {
  const proposals = given?.topics ?? rule;
  await keepList(tx, { personId, groupId, proposals, now });
  const said = given ? '（模型起草的，发之前请看一遍。您不发，就不会到群里。）' : note;
  return draftsCard('起草了三个话题', groupId, proposals, said);
}

function kindCard(
  data: Readonly<Record<string, unknown>>,
  given: Asked_<'demand-kind'>,
  rule: z.output<typeof ruleKind>,
  note: string,
): Draft {
  const { kind, field } = given ?? rule;
  return card(
    `第 ${String(data.编号)} 号诉求：归类建议`,
    `类别：${kind}\n领域：${field}\n${given ? '（模型的建议，以您的判断为准。）' : note || '（按规则给的建议，以您的判断为准。）'}`,
  );
}

function summaryCard(given: Asked_<'problem-summary'>, rule: string, note: string): Draft {
  const said = given ? `${given.summary}\n\n` : '';
  const foot = given ? '（概括是模型写的，数字是数出来的；上报前请核对。）' : note;
  return card('本季度问题清单小结', `${said}${rule}${foot === '' ? '' : `\n${foot}`}`);
}

function understoodCard(given: Asked_<'understand'>, note: string): Draft {
  const command = given && commandIn(given.command);
  if (command === undefined)
    return card('没太听懂', `您想做什么？发 /帮助 看看我能做什么。${note === '' ? '' : '\n（模型这会儿用不上。）'}`, [
      { label: '帮助', command: '/帮助' },
    ]);
  return card('您是想这样吗？', `${command}\n点下面的按钮，或照着发一遍才会办。`, [
    { label: '就是这个', command, style: 'primary' },
    { label: '帮助', command: '/帮助' },
  ]);
}

export { ruleFor };

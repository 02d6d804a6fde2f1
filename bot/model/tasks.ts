/** What each purpose is asked with, and what its answer, or the rules' in its place, looks like to the cadre. */
import { z } from 'zod';
import { checkSentences, type Struck } from '../../domain/reports/check.ts';
import { leftOut } from '../../domain/reports/draft.ts';
import { reportParts } from '../../domain/reports/report.ts';
import type { Tx } from '../../prisma/database.ts';
import type { TaskRow } from '../../prisma/store/model.ts';
import { reportMessages } from '../commands/deeds/report-words.ts';
import { kindCard, summaryCard } from '../commands/listening/proposal-cards.ts';
import { draftsCard, keepList, proposalSchema } from '../commands/topics/topic-list.ts';
import { card } from '../dialogue/say.ts';
import type { Draft } from '../outbox/message.ts';
import type { Asked, Failure } from './model.ts';
import type { Purpose } from './prompts.ts';
import { commandIn } from './understood.ts';

const failures: Readonly<Record<Failure, string>> = {
  none: '现在没有配置模型',
  budget: '今天的模型额度用完了',
  resting: '模型这会儿连不上，过几分钟再试',
  timeout: '模型太久没有回答',
  refused: '模型不接受这次请求，请管理员运行 npx lianqing model check',
  unreachable: '模型这会儿连不上',
  invalid: '模型的回答不合要求，没有采用',
  'too-long': '内容太长，没有交给模型',
};

/** Who asks the model; {@link Model} outside of tests. */
export interface Asks {
  ask<P extends Purpose>(
    purpose: P,
    data: Readonly<Record<string, unknown>>,
    names: readonly string[],
    stop?: AbortSignal,
  ): Promise<Asked<P>>;
}

/** In the place of a model where none is configured any more: what was asked before is answered by the rules. */
export const noModel: Asks = { ask: async () => ({ kind: 'failure', why: 'none', tokens: 0 }) };

const bodySchema = z.object({ data: z.record(z.string(), z.unknown()), rule: z.unknown() });
const kindRule = z.object({ number: z.int(), groupId: z.int(), kind: z.string(), field: z.string() });

const sentencesRule = z.array(
  z.object({ part: z.enum(reportParts), text: z.string(), records: z.array(z.int()) }),
);
const reportRule = z.object({
  title: z.string(),
  unit: z.string(),
  cadre: z.string(),
  date: z.int(),
  sentences: sentencesRule,
  records: z.array(
    z.object({
      number: z.int(),
      text: z.string(),
      source: z.string(),
      mustSay: z.boolean(),
      part: z.enum(['做法', '问题', '打算']),
    }),
  ),
});

/** Keeps what an answer brings about, and gives what the cadre is told, in order. */
export type Settle = (tx: Tx, now: number) => Promise<readonly Draft[]>;

/** Asks the model what a task asks, its names taken out. The rules' answer is said to be theirs. */
export async function askFor(
  model: Asks,
  task: TaskRow,
  names: readonly string[],
  stop?: AbortSignal,
): Promise<Settle> {
  const asks = {
    ask: <P extends Purpose>(purpose: P, asked: typeof data, known: readonly string[]) =>
      model.ask(purpose, asked, known, stop),
  };
  const { data, rule } = bodySchema.parse(JSON.parse(task.body));
  switch (task.purpose) {
    case 'topic-drafts': {
      const asked = await asks.ask('topic-drafts', data, names);
      const proposals = z.array(proposalSchema).parse(rule);
      return async (tx, now) => [await drafts(tx, task, asked, proposals, now)];
    }
    case 'demand-kind': {
      const asked = await asks.ask('demand-kind', data, names);
      const proposal = kindRule.parse(rule);
      return async () => [
        asked.kind === 'answer'
          ? kindCard({ ...proposal, ...asked.value }, '（模型的建议，以您的判断为准。）')
          : kindCard(proposal, byRules(asked.why)),
      ];
    }
    case 'problem-summary': {
      const asked = await asks.ask('problem-summary', data, names);
      return async () => [
        asked.kind === 'answer'
          ? summaryCard(
              asked.value.summary,
              String(rule),
              '（概括是模型写的，数字是数出来的；上报前请核对。）',
            )
          : summaryCard(undefined, String(rule), byRules(asked.why)),
      ];
    }
    case 'understand': {
      const asked = await asks.ask('understand', data, names);
      return async () => [understoodCard(asked)];
    }
    case 'report-draft': {
      const asked = await asks.ask('report-draft', data, names);
      const draft = reportRule.parse(rule);
      return async () => reportMessages({ ...draft, ...reported(asked, draft) });
    }
    default:
      throw new Error(`no such purpose: ${task.purpose}`);
  }
}

async function drafts(
  tx: Tx,
  { personId, groupId = 0 }: TaskRow,
  asked: Asked<'topic-drafts'>,
  rule: readonly z.output<typeof proposalSchema>[],
  now: number,
): Promise<Draft> {
  const isAnswer = asked.kind === 'answer';
  const proposals = isAnswer ? asked.value.topics : rule;
  await keepList(tx, { personId, groupId, proposals, now });
  return isAnswer
    ? draftsCard(
        '起草了三个话题',
        groupId,
        proposals,
        '（模型起草的，发之前请看一遍；您不发，就不会到群里。）',
      )
    : draftsCard('和主题最近的三个话题', groupId, proposals, byRules(asked.why));
}

const struckNames: Readonly<Record<Struck, string>> = {
  'no-record': '没写依据',
  'unknown-record': '依据不存在',
  number: '数字和依据对不上',
  title: '题目和依据对不上',
  boast: '说得比依据满',
};

/** What the model wrote and its records bear, and what it left out; the rules' draft where nothing is left of it. */
function reported(
  asked: Asked<'report-draft'>,
  draft: z.output<typeof reportRule>,
): Pick<z.output<typeof reportRule>, 'sentences'> & { readonly note: string } {
  const { sentences, records } = draft;
  if (asked.kind === 'failure') return { sentences, note: byRules(asked.why) };
  const { kept, struck } = checkSentences(asked.value.sentences, records);
  const whys = (Object.keys(struckNames) as Struck[]).flatMap((why) => {
    const count = struck.filter((one) => one === why).length;
    return count === 0 ? [] : [`${struckNames[why]} ${count} 句`];
  });
  const strikes = struck.length === 0 ? '' : `划掉了 ${struck.length} 句（${whys.join('、')}）`;
  if (kept.length === 0) return { sentences, note: `（模型写的都没有依据，${strikes}；这是按规则写的。）` };
  const added = leftOut(kept, records);
  const more = added.length === 0 ? '' : `；它没写的不足和漏听，按记录补了 ${added.length} 句`;
  return {
    sentences: [...kept, ...added].map((one) => ({ ...one, records: [...one.records] })),
    note: `（模型写的初稿，留下 ${kept.length} 句${strikes === '' ? '' : `，${strikes}`}${more}。每句都请对着依据看一遍。）`,
  };
}

function understoodCard(asked: Asked<'understand'>): Draft {
  const help = { label: '帮助', command: '/帮助' };
  if (asked.kind === 'failure')
    return card('没能听懂', `${failures[asked.why]}。我听得懂以“/”开头的命令，发 /帮助 看看。`, [help]);
  const command = commandIn(asked.value.command);
  if (command === undefined) return card('没太听懂', '您想做什么？发 /帮助 看看我能做什么。', [help]);
  // What was taken out before sending is the cadre's to fill in.
  if (command.includes('〔'))
    return card('您是想这样吗？', `${command}\n把〔〕里的补上，再发一遍就好。`, [help]);
  return card('您是想这样吗？', `${command}\n点“就是这个”才会办；不是的话，不用理它。`, [
    { label: '就是这个', command, style: 'primary' },
    help,
  ]);
}

function byRules(why: Failure): string {
  return `（${failures[why]}，这是按规则给的，以您的判断为准。）`;
}

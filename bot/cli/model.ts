import { defineCommand } from 'citty';
import { openDatabase } from '../../prisma/database.ts';
import { systemClock } from '../clock.ts';
import { createLog } from '../log.ts';
import { evaluate } from '../model/evaluate.ts';
import type { Failure } from '../model/model.ts';
import { openModel } from '../model/open.ts';
import type { Purpose } from '../model/prompts.ts';
import { InputError, politely, say, settings } from './terminal.ts';

export const modelCheck = defineCommand({
  meta: { name: 'check', description: '试一遍语言模型：每种用途跑一组评测，打印一张表' },
  run: () =>
    politely(async () => {
      const { model: given, databaseUrl, logLevel } = settings();
      if (!given)
        throw new InputError(
          '还没有配置模型：请在 .env 里写上 OPENAI_API_KEY 和 OPENAI_MODEL（自己的服务再写 OPENAI_BASE_URL）。不配置也能用，只是没有起草和概括。',
        );
      const database = await openDatabase(databaseUrl);
      try {
        say(`模型：${given.model}，${given.baseUrl ?? 'OpenAI'}`);
        const model = await openModel(given, { database, clock: systemClock, log: createLog(logLevel) });
        const rows = await evaluate(model);
        say('用途　　　题数  合要求  答对  token  毫秒');
        for (const { purpose, asked, valid, right, tokens, ms } of rows)
          say(
            `${purposeNames[purpose].padEnd(5, '　')}${pad(asked, 4)} ${pad(valid, 7)} ${pad(right, 5)} ${pad(tokens, 6)} ${pad(ms, 5)}`,
          );
        const failed = rows.flatMap(({ purpose, failures }) =>
          [...new Map(failures.map((one) => [one.why, one])).values()].map((one) => ({ purpose, ...one })),
        );
        for (const { purpose, why, detail } of failed.filter((one) => one.why !== 'resting'))
          say(`${purposeNames[purpose]}：${whyWords[why]}${detail === '' ? '' : `（${detail}）`}`);
        const [first] = failed;
        if (first)
          throw new InputError(
            `有的题没有合要求的回答：${advice[first.why] ?? '换一个模型再试试。'}机器人遇到这种情况会按规则回答，并说明。`,
          );
        say('都有合要求的回答。答对的数看模型的本事，供选模型时比较。');
      } finally {
        await database.close();
      }
    }),
});

const purposeNames: Readonly<Record<Purpose, string>> = {
  'topic-drafts': '拟话题',
  'demand-kind': '诉求归类',
  'problem-summary': '清单概括',
  'report-draft': '报告初稿',
  understand: '听懂大白话',
};

const whyWords: Readonly<Record<Failure, string>> = {
  none: '没有配置模型',
  budget: '今天的额度不够了',
  resting: '前面连着失败，没有再试',
  timeout: '太久没有回答',
  refused: '接口不接受这次请求',
  unreachable: '连不上，或回来的不是模型的回答',
  invalid: '回答的格式不合要求',
  'too-long': '题目太长',
};

/** What to do about it, for whoever looks after the server. */
const advice: Readonly<Partial<Record<Failure, string>>> = {
  budget: '把 .env 里的 OPENAI_DAILY_TOKENS 调大，或明天再试。',
  timeout: '把 .env 里的 OPENAI_TIMEOUT 调大（现在的秒数不够），或换一个快些的模型。',
  refused: '请核对密钥（OPENAI_API_KEY）、网址（OPENAI_BASE_URL）和模型名（OPENAI_MODEL）。',
  unreachable: '请核对网址（OPENAI_BASE_URL 一般以 /v1 结尾），并看看这台机器能不能访问它。',
  invalid: '这个模型不会照格式回答，换一个大些的再试试。',
};

function pad(number: number, width: number): string {
  return String(number).padStart(width);
}

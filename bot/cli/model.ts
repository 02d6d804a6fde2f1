import { defineCommand } from 'citty';
import { openDatabase } from '../../prisma/database.ts';
import { systemClock } from '../clock.ts';
import { createLog } from '../log.ts';
import { evaluate } from '../model/evaluate.ts';
import { openModel } from '../model/open.ts';
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
        say('用途             题数  合要求  答对  token  毫秒');
        for (const { purpose, asked, valid, right, tokens, ms } of rows)
          say(
            `${purpose.padEnd(16)} ${pad(asked, 4)} ${pad(valid, 7)} ${pad(right, 5)} ${pad(tokens, 6)} ${pad(ms, 5)}`,
          );
        const [failure] = rows.flatMap(({ failures }) => failures);
        if (failure !== undefined)
          throw new InputError(
            `有的题没有合要求的回答（${failure}）。机器人遇到这种情况会按规则回答，并说明。`,
          );
        say('都有合要求的回答。答对的数看模型的本事，供选模型时比较。');
      } finally {
        await database.close();
      }
    }),
});

function pad(number: number, width: number): string {
  return String(number).padStart(width);
}

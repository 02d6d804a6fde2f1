import { randomBytes } from 'node:crypto';
import { defineCommand } from 'citty';
import { formatDateTime } from '../../domain/calendar/format-datetime.ts';
import { openDatabase } from '../../prisma/database.ts';
import { codeLifeMs, createCadre } from '../../prisma/store/cadres.ts';
import { sandboxClock, systemClock } from '../clock.ts';
import { loadSecret } from '../secret.ts';
import { InputError, politely, say, settings } from './terminal.ts';

/** A clock that is ahead by less was not moved by anybody. */
const movedMs = 60_000;

export const cadreAdd = defineCommand({
  meta: { name: 'add', description: '登记一位团干部，打印一次性绑定码' },
  args: {
    name: { type: 'positional', description: '姓名', valueHint: '张晓', required: true },
    unit: { type: 'string', description: '所在团组织', valueHint: '某某学院团委', required: true },
  },
  run: ({ args }) =>
    politely(async () => {
      const name = args.name.trim();
      const unit = args.unit.trim();
      if (!name || !unit)
        throw new InputError('请写明姓名和团组织，例如：npx lianqing cadre add 张晓 --unit 某某学院团委');
      const { dataDir, databaseUrl, secret: given, feishu } = settings();
      // A code is used by the clock of the bot: the sandbox's may have been moved far ahead, never back.
      const now = (feishu ? systemClock : sandboxClock(dataDir)).now();
      const isMoved = now - Date.now() > movedMs;
      const secret = await loadSecret(dataDir, given);
      const database = await openDatabase(databaseUrl);
      try {
        const { code, known } = await database.transaction((tx) =>
          createCadre(tx, {
            name,
            unit,
            now,
            random: (bytes) => randomBytes(bytes),
            hash: (text) => secret.hash(text),
          }),
        );
        if (known === 'no') say(`已登记：${unit} ${name}`);
        else say(`${unit} ${name} 已经登记过，这是一个新的绑定码（旧码作废）。`);
        if (known === 'proved')
          say('注意：这位团干部已经绑定过账号；新码一旦使用，就改绑到使用它的那个账号。');
        say(`绑定码：${code}`);
        say(
          `请只发给本人，${formatDateTime(now + codeLifeMs, Date.now())}（北京时间${isMoved ? '，按沙盒的时钟' : ''}）之前用一次有效：在自己的群里发 /绑定 ${code}`,
        );
        if (isMoved) say(`沙盒的时钟拨到了 ${formatDateTime(now, Date.now())}，有效期从那时算起。`);
      } finally {
        await database.close();
      }
    }),
});

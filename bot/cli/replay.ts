import { defineCommand } from 'citty';
import { replay } from '../replay/replay.ts';
import { formatReplay } from '../replay/report.ts';
import { progressBar } from './progress-bar.ts';
import { politely } from './terminal.ts';

export const replayFile = defineCommand({
  meta: { name: 'replay', description: '按计数规则把一个事件文件数一遍，不写入数据库' },
  args: {
    file: {
      type: 'positional',
      required: true,
      description: '事件文件（JSON Lines），- 表示标准输入',
      valueHint: '事件.jsonl',
    },
    json: { type: 'boolean', description: '输出 JSON', default: false },
  },
  run: ({ args }) =>
    politely(async () => {
      const bar = progressBar('正在读取');
      try {
        const result = await replay(args.file, { onProgress: bar.update });
        bar.stop();
        await write(args.json ? `${JSON.stringify(result)}\n` : formatReplay(result));
      } finally {
        bar.stop();
      }
    }),
});

/** Waits until a pipe has taken everything: the process may end right after. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) =>
    process.stdout.write(text, (fault) => (fault ? reject(fault) : resolve())),
  );
}

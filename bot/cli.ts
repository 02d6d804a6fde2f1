/** `lianqing …` for the person who runs it. */
import { defineCommand, runMain } from 'citty';
import { cadreAdd } from './cli/cadre.ts';
import { doctor } from './cli/doctor.ts';
import { importFile } from './cli/import.ts';
import { replayFile } from './cli/replay.ts';
import { start } from './cli/start.ts';

const lianqing = defineCommand({
  meta: { name: 'lianqing', version: '0.1.0', description: '联青：“1+100”团干部直接联系青年的群聊机器人' },
  subCommands: {
    start,
    doctor,
    replay: replayFile,
    import: importFile,
    cadre: defineCommand({
      meta: { name: 'cadre', description: '团干部' },
      subCommands: { add: cadreAdd },
    }),
  },
});

await runMain(lianqing);

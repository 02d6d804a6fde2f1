/** `lianqing …` for the person who runs it. Each command is loaded when it is asked for. */
import { defineCommand } from 'citty';
import { runProgram } from './cli/program.ts';

// What the program writes is the account's own that runs it: nobody else on the machine reads it.
process.umask(0o077);

await runProgram(
  defineCommand({
    meta: { name: 'lianqing', version: '0.1.0', description: '联青：“1+100”团干部直接联系青年的群聊机器人' },
    subCommands: {
      start: async () => (await import('./cli/start.ts')).start,
      doctor: async () => (await import('./cli/doctor.ts')).doctor,
      health: async () => (await import('./cli/health.ts')).health,
      replay: async () => (await import('./cli/replay.ts')).replayFile,
      import: async () => (await import('./cli/import.ts')).importFile,
      cadre: defineCommand({
        meta: { name: 'cadre', description: '团干部' },
        subCommands: {
          add: async () => (await import('./cli/cadre.ts')).cadreAdd,
          set: async () => (await import('./cli/cadre.ts')).cadreSet,
          list: async () => (await import('./cli/cadre.ts')).cadreList,
        },
      }),
      admin: defineCommand({
        meta: { name: 'admin', description: '团组织管理员' },
        subCommands: { add: async () => (await import('./cli/admin.ts')).adminAdd },
      }),
      operator: defineCommand({
        meta: { name: 'operator', description: '运维人员：微信要重新扫码时私下告诉谁' },
        subCommands: {
          add: async () => (await import('./cli/operator.ts')).operatorAdd,
          list: async () => (await import('./cli/operator.ts')).operatorList,
          remove: async () => (await import('./cli/operator.ts')).operatorRemove,
        },
      }),
      unit: defineCommand({
        meta: { name: 'unit', description: '团组织' },
        subCommands: {
          add: async () => (await import('./cli/unit.ts')).unitAdd,
          move: async () => (await import('./cli/unit.ts')).unitMove,
          list: async () => (await import('./cli/unit.ts')).unitList,
          profile: async () => (await import('./cli/unit.ts')).unitProfile,
          adjust: async () => (await import('./cli/unit-adjust.ts')).unitAdjust,
          youths: async () => (await import('./cli/unit-youths.ts')).unitYouths,
          evidence: async () => (await import('./cli/unit-evidence.ts')).unitEvidence,
          semester: async () => (await import('./cli/unit.ts')).unitSemester,
        },
      }),
      shelf: defineCommand({
        meta: { name: 'shelf', description: '书架：团干部可以推送的文化产品' },
        subCommands: {
          add: async () => (await import('./cli/shelf.ts')).shelfAdd,
          list: async () => (await import('./cli/shelf.ts')).shelfList,
          remove: async () => (await import('./cli/shelf.ts')).shelfRemove,
        },
      }),
      model: defineCommand({
        meta: { name: 'model', description: '语言模型（可选）' },
        subCommands: { check: async () => (await import('./cli/model.ts')).modelCheck },
      }),
      feishu: defineCommand({
        meta: { name: 'feishu', description: '飞书' },
        subCommands: { check: async () => (await import('./cli/feishu.ts')).feishuCheck },
      }),
    },
  }),
  process.argv.slice(2),
);

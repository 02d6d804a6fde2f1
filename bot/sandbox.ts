/** The sandbox as the bot's platform: its clock, its first steps, and the sample cadre's one-time code. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sampleCadre } from '../adapters/sandbox/people.ts';
import { createSandbox, type Hint, type Sandbox } from '../adapters/sandbox/sandbox.ts';
import { groupId } from '../adapters/sandbox/store.ts';
import { dayOf } from '../domain/calendar/day.ts';
import type { Database, Db } from '../prisma/database.ts';
import { ensureAccount } from '../prisma/store/accounts.ts';
import { cadreOfGroup, createCadre } from '../prisma/store/cadres.ts';
import { codeLifeMs } from '../prisma/store/codes.ts';
import { externalPerson, findGroup } from '../prisma/store/identity.ts';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Secret } from './secret.ts';
import type { Settings } from './settings.ts';

/** The sample cadre's unit. */
const sampleUnit = '共青团示例学院委员会';

interface Parts {
  readonly settings: Pick<Settings, 'dataDir' | 'port'>;
  readonly database: Database;
  readonly clock: Clock & { moveTo(at: number): Promise<void> };
  readonly secret: Secret;
  readonly log: Log;
  /** Looks at the clock after it was moved: runs what is due and says it. */
  readonly tick: () => Promise<void>;
}

/** Opens the sandbox and gives its sample cadre a one-time code, shown on the page until it is used. */
export async function openSandbox(parts: Parts): Promise<Sandbox> {
  const { database, clock, secret } = parts;
  // The promise, not the code: several pages may ask at once, and each new code ends the one before.
  let code: { readonly until: number; readonly text: Promise<string> } | undefined;
  const makeCode = () =>
    database.transaction(async (tx) => {
      const made = await createCadre(tx, {
        name: sampleCadre,
        unit: sampleUnit,
        now: clock.now(),
        random: (bytes) => randomBytes(bytes),
        hash: (text) => secret.hash(text),
      });
      return made.code;
    });
  const sandbox = await createSandbox({
    dataDir: join(parts.settings.dataDir, 'sandbox'),
    port: parts.settings.port,
    now: () => clock.now(),
    async advance(toMs, heard) {
      await clock.moveTo(toMs);
      await heard();
      await parts.tick();
    },
    async hint() {
      const leader = await leaderOf(database.db, sandbox, clock.now());
      if (leader !== undefined) return { ...stepsAfterBinding, cadre: leader };
      const cadre = await database.db.cadre.findFirst({
        where: { name: sampleCadre, unit: { name: sampleUnit } },
        select: { personId: true },
      });
      // Proved privately: only the word in the group is missing.
      if (cadre?.personId) return stepsBeforeBinding('/绑定');
      if (!code || code.until <= clock.now()) code = { until: clock.now() + codeLifeMs, text: makeCode() };
      const { text } = code;
      const made = await text.catch((fault: unknown) => {
        code = undefined;
        throw fault;
      });
      return stepsBeforeBinding(`/绑定 ${made}`);
    },
    log: parts.log,
  });
  return sandbox;
}

/** The sandbox's own id of the person who is its group's cadre today; undefined before the first binding. */
async function leaderOf(db: Db, { platform, account }: Sandbox, now: number): Promise<string | undefined> {
  const group = await findGroup(db, await ensureAccount(db, platform, account), groupId);
  const cadre = group === undefined ? undefined : await cadreOfGroup(db, group, dayOf(now));
  return cadre && (await externalPerson(db, cadre.personId))?.id;
}

function stepsBeforeBinding(say: string): Hint {
  return {
    title: '先来三步',
    steps: [
      {
        text: '以团干部身份在群里绑定（正式使用时，绑定码由管理员用 npx lianqing cadre add 发给团干部）',
        say,
        as: 'cadre',
        where: 'group',
      },
      { text: '亮明身份', say: '/亮身份', as: 'cadre', where: 'group' },
      { text: '看看能做什么', say: '/帮助', as: 'cadre', where: 'private' },
    ],
  };
}

const stepsAfterBinding: Hint = {
  title: '接着试试',
  steps: [
    { text: '挑一个话题', say: '/话题 推荐', as: 'cadre', where: 'group' },
    { text: '以青年身份提一条诉求', say: '/诉求 宿舍热水晚上十点就停了', as: 'youth', where: 'group' },
    { text: '办一次活动', say: '/活动 发布 明天下午3点-5点 操场 飞盘局', as: 'cadre', where: 'group' },
    { text: '看本月进度', say: '/进度', as: 'cadre', where: 'private' },
    { text: '先把时钟拨到“明早”，再拨到“今晚”，看提醒怎么来' },
  ],
};

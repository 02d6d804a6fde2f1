/**
 * 结对: the three to five youths in difficulty whom a cadre helps (新疆 §四.5). Who they are is the cadre's alone: never in a
 * group, never to an administrator; only how many there are counts.
 */
import { z } from 'zod';
import { dayOf } from '../../../domain/calendar/day.ts';
import { formatDate } from '../../../domain/calendar/format-datetime.ts';
import { readDeedTime } from '../../../domain/deeds/when.ts';
import { requirementOf } from '../../../domain/policy/policy.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import {
  addPairing,
  endPairing,
  noteHelp,
  type PairingRow,
  pairingsOf,
} from '../../../prisma/store/pairings.ts';
import { policyOfCadre } from '../../../prisma/store/policies.ts';
import { leadingNumber, nothing, number, text } from '../../dialogue/arguments.ts';
import { action, type ContextFor, defineCommand, type Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';

type CadreOnly = ContextFor<'cadre', 'person'>;

const common = { who: 'cadre', where: 'private', about: 'person' } as const;
const longestName = 20;
/** Where the policy names no number: what the documents say. */
const usually = { atLeast: 3, atMost: 5 };

export const pairing = defineCommand({
  name: '结对',
  aliases: ['结对帮扶'],
  summary: '结对帮扶 3–5 名有困难的青年：只有您自己看得到，别处只数人数',
  byDefault: '列表',
  actions: [
    action({
      ...common,
      name: '列表',
      summary: '看看您结对的几位、上次帮扶是哪天',
      examples: ['/结对', '/结对 列表'],
      arguments: nothing,
      confirm: false,
      run: async (context) => [await list(context)],
    }),
    action({
      ...common,
      name: '添加',
      aliases: ['加', '新增'],
      summary: '写一个您认得出的称呼就行，不用真名，也不用写是什么困难',
      examples: ['/结对 添加 甲同学'],
      arguments: text('请写一个您认得出的称呼，比如“甲同学”，不用真名', longestName),
      confirm: false,
      run: add,
    }),
    action({
      ...common,
      name: '帮扶',
      aliases: ['联系'],
      summary: '记一次帮扶：写编号，哪天（不写就是今天）；不记做了什么',
      examples: ['/结对 帮扶 1', '/结对 帮扶 1 昨天'],
      arguments: z.string().transform((typed, issues) => {
        const found = leadingNumber(typed);
        if (found) return { number: found.number, when: found.rest.slice(0, 50) };
        issues.addIssue({ code: 'custom', message: '请写编号，比如 1' });
        return z.NEVER;
      }),
      confirm: false,
      run: help,
    }),
    action({
      ...common,
      name: '结束',
      aliases: ['删除'],
      summary: '不再结对：称呼和帮扶的日子都删掉',
      examples: ['/结对 结束 1'],
      arguments: number('请写编号'),
      confirm: async (context, wanted) => {
        const row = await find(context, wanted.number);
        return { text: `要结束和第 ${row.number} 位的结对吗？称呼和帮扶的日子会删掉，不能恢复。` };
      },
      run: async (context, wanted) => {
        const row = await find(context, wanted.number);
        await endPairing(context.db, row.id, context.now);
        await audit(context, 'pairing.end', row.id);
        return [await list(context, '好的，已经结束，称呼删掉了。')];
      },
    }),
  ],
});

async function add(
  context: CadreOnly,
  { text: name }: { readonly text: string },
): Promise<readonly Saying[]> {
  const { db, cadre, now, secret } = context;
  const { atMost } = await asked(context);
  const row = await addPairing(
    db,
    cadre.id,
    { name: secret.seal('pairing', name), since: dayOf(now) },
    atMost,
  );
  if (!row)
    throw new CommandFault(
      'enough pairings',
      `您已经结对 ${atMost} 位了，人再多就照顾不过来。想换一位，先发 /结对 结束 加编号。`,
    );
  await audit(context, 'pairing.add', row.id);
  return [await list(context, `记下了，第 ${row.number} 位。`)];
}

async function help(
  context: CadreOnly,
  { number: wanted, when }: { readonly number: number; readonly when: string },
): Promise<readonly Saying[]> {
  const { db, now } = context;
  const row = await find(context, wanted);
  const time = readDeedTime(when, now);
  if (time.kind === 'fault') throw new CommandFault('no day', time.say);
  // What is more than a day is what was done, which is nobody's business.
  if (time.rest.trim() !== '')
    throw new CommandFault('only a day', '这里只记哪天，不记做了什么，比如：/结对 帮扶 1 昨天');
  await noteHelp(db, row, time.day);
  await audit(context, 'pairing.help', row.id);
  return [await list(context, '记下了。想让它也算一次工作，可以另外发 /记 办实事（别写对方是谁）。')];
}

async function list(context: CadreOnly, done = ''): Promise<Saying> {
  const { db, cadre, now } = context;
  const rows = await pairingsOf(db, cadre.id);
  const { atLeast, atMost } = await asked(context);
  const left = atLeast - rows.length;
  const lines = [
    ...(done === '' ? [] : [done]),
    ...rows.map((row) => line(context, row, now)),
    rows.length === 0
      ? `还没有结对。制度建议结对 ${atLeast}–${atMost} 位有困难的青年。`
      : `共 ${rows.length} 位${left > 0 ? `，制度要求 ${atLeast}–${atMost} 位，还差 ${left} 位，慢慢来` : ''}。`,
    '只有您看得到是谁；进度里只数人数。请不要在群里提起。',
    ...(rows.length < atMost ? ['添加发 /结对 添加 加一个称呼，不用真名。'] : []),
  ];
  return reply(
    context,
    card(
      '结对帮扶',
      lines.join('\n'),
      rows.map(({ number }) => ({ label: `${number} 今天帮扶了`, command: `/结对 帮扶 ${number}` })),
    ),
  );
}

function line(
  { secret }: CadreOnly,
  { number, name, since, lastOn, times }: PairingRow,
  now: number,
): string {
  const called = plain(secret.open('pairing', name) ?? '（换过密钥，称呼读不出来）');
  const helped = lastOn === undefined ? '还没记帮扶' : `帮扶 ${times} 次，最近 ${formatDate(lastOn, now)}`;
  return `${number}　${called}　${formatDate(since, now)}起　${helped}`;
}

/** How many the cadre's policy asks for. */
async function asked({ db, cadre }: CadreOnly): Promise<typeof usually> {
  return requirementOf((await policyOfCadre(db, cadre.id)).policy, 'pairing')?.threshold ?? usually;
}

async function find({ db, cadre }: CadreOnly, wanted: number): Promise<PairingRow> {
  const row = (await pairingsOf(db, cadre.id)).find((one) => one.number === wanted);
  if (!row) throw new CommandFault('no such pairing', `没有第 ${wanted} 位，发 /结对 看看编号。`);
  return row;
}

async function audit({ db, secret, now, person }: CadreOnly, what: string, id: number): Promise<void> {
  const subject = `pairing:${id}`;
  await recordAudit(db, secret.hash, { at: now, actor: `person:${person.id}`, action: what, subject });
}

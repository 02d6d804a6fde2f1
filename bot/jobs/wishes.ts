/** Wishes that wait: taken off the wall kindly when their time is over, put back when a claim comes to nothing. */
import { dayOf } from '../../domain/calendar/day.ts';
import { weekOf } from '../../domain/calendar/period.ts';
import { decideWish } from '../../domain/listening/wish.ts';
import type { Database, Tx } from '../../prisma/database.ts';
import { cadreOfGroup } from '../../prisma/store/cadres.ts';
import { moveWish, overdueWishes, type WishRow, waitingWishes } from '../../prisma/store/wishes.ts';
import { backText } from '../commands/voices/wish-claim.ts';
import { card, notice } from '../dialogue/say.ts';
import { oneLine, shorten } from '../render/legible.ts';
import { each, type Job } from './job.ts';
import { everyHour, isDaylight, tell } from './tell.ts';

const shownAtMost = 10;
/** Half-width columns. */
const wishWidth = 60;

/** Looks every hour; everything is said between 9:00 and 21:00. `days`: how long a wish hangs. */
export const wishes = (days: number): Job => ({
  name: 'wishes',
  lastDue: everyHour,
  catchUpMs: Number.POSITIVE_INFINITY,
  async run(database: Database, now: number) {
    if (!isDaylight(now)) return;
    const { expiring, lapsing } = await overdueWishes(database.db, now);
    await each(expiring, (row) => database.transaction((tx) => expire(tx, row, days, now)));
    await each(lapsing, (row) => database.transaction((tx) => lapse(tx, row, days, now)));
    const { waning, slow } = await waitingWishes(database.db, now);
    await each(slow, (row) => database.transaction((tx) => askHowItGoes(tx, row, now)));
    await each([...new Set(waning.map(({ groupId }) => groupId))], (groupId) =>
      database.transaction((tx) =>
        tellCadre(
          tx,
          groupId,
          waning.filter((row) => row.groupId === groupId),
          now,
        ),
      ),
    );
  },
});

async function expire(tx: Tx, row: WishRow, days: number, now: number): Promise<void> {
  const decision = decideWish(row, { step: 'expire', at: now });
  if (decision.kind === 'fault' || !(await moveWish(tx, row, decision.wish))) return;
  const own = `群#${row.groupId} ${row.number}`;
  const said = notice(
    row.wisher,
    card(
      `第 ${row.number} 号心愿挂满 ${days} 天了`,
      `“${row.text}”\n这次还没等到认领的人，先从墙上收起来。不是你的心愿不好，可能只是没碰上；想接着等，点一下就行。要紧的事，发 /诉求 加内容，团干部一定答复。`,
      [
        { label: `再挂 ${days} 天`, command: `/心愿 续 ${own}`, style: 'primary' },
        { label: '撤回', command: `/心愿 撤回 ${own}` },
      ],
    ),
  );
  await tell(tx, row.groupId, { ...said, key: `wish/${row.id}/expired/${row.expiresAt}` }, now);
}

async function lapse(tx: Tx, row: WishRow, days: number, now: number): Promise<void> {
  const decision = decideWish(row, { step: 'lapse', at: now }, days);
  if (decision.kind === 'fault' || !(await moveWish(tx, row, decision.wish))) return;
  const key = `wish/${row.id}/lapsed/${row.claimedAt}`;
  await tell(tx, row.groupId, { ...notice(row.wisher, backText(row.number)), key: `${key}/wisher` }, now);
  if (row.claimer === undefined) return;
  const text = `认领的第 ${row.number} 号心愿四周了还没有回话，先放回墙上给别人机会。没关系的，谢谢这份心意。`;
  await tell(tx, row.groupId, { ...notice(row.claimer, text), key: `${key}/claimer` }, now);
}

/** Once a claim. */
async function askHowItGoes(tx: Tx, row: WishRow, now: number): Promise<void> {
  if (row.claimer === undefined) return;
  const asked = card(
    `认领的第 ${row.number} 号心愿，还顺利吗？`,
    `“${row.text}”\n办好了私聊我发 /心愿 实现 ${row.number} 加一句话；办不了点“放回去”，没关系的。再过两周没有回话，我就放回墙上。`,
    [{ label: '放回去', command: `/心愿 放回 群#${row.groupId} ${row.number}` }],
  );
  const key = `wish/${row.id}/slow/${row.claimedAt}`;
  await tell(tx, row.groupId, { kind: 'reminder', to: { personId: row.claimer }, draft: asked, key }, now);
}

/** Once a week at most: what will soon be taken off the wall. */
async function tellCadre(tx: Tx, groupId: number, rows: readonly WishRow[], now: number): Promise<void> {
  const cadre = await cadreOfGroup(tx, groupId, dayOf(now));
  if (!cadre) return;
  const lines = rows
    .slice(0, shownAtMost)
    .map(({ number, text }) => `${number} 号　${shorten(oneLine(text), wishWidth)}`);
  const told = card(
    `有 ${rows.length} 个心愿一周内就要到期了`,
    `${lines.join('\n')}\n还没有人认领。您力所能及的可以认领，也可以把心愿墙发到群里。`,
    [
      { label: '看心愿墙', command: `/心愿 墙 群#${groupId}` },
      { label: '发到群里', command: `/心愿 上墙 群#${groupId}` },
    ],
  );
  const key = `wishes/waning/${groupId}/${weekOf(dayOf(now)).key}`;
  await tell(tx, groupId, { kind: 'reminder', to: { personId: cadre.personId }, draft: told, key }, now);
}

/** What an asker's step means to others: to the cadre, and to whoever else waits for the same answer. */
import { dayOf } from '../../../domain/calendar/day.ts';
import type { AskerStep } from '../../../domain/listening/demand.ts';
import type { Db } from '../../../prisma/database.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import type { DemandRow } from '../../../prisma/store/demand-rows.ts';
import { supportersOf } from '../../../prisma/store/demand-waiting.ts';
import type { Saying } from '../../dialogue/command.ts';
import { nameOf } from '../../dialogue/place.ts';
import { notice } from '../../dialogue/say.ts';

/** A step that an asker takes; nobody takes `lapse`. */
export type TakenStep = Exclude<AskerStep, { readonly step: 'lapse' }>;

/** What the cadre is told of it. */
function toldToCadre({ number, mergedInto }: DemandRow, step: TakenStep): string {
  switch (step.step) {
    case 'confirm':
      return `第 ${number} 号的提出人说解决了，已经办结。`;
    case 'reopen':
      return mergedInto === undefined
        ? `第 ${number} 号的提出人说还没解决，回到办理中，请再看看。`
        : `第 ${number} 号的提出人说和第 ${mergedInto} 号不是一回事，或者还没解决，回到办理中，请单独再看看。`;
    case 'consent':
      return step.yes
        ? `第 ${number} 号的提出人同意转报了。上级有了回复，请用 /问题清单 办结 ${number} 告诉对方。`
        : `第 ${number} 号的提出人不愿意转报，请就在您这里办。`;
    case 'withdraw':
      return `第 ${number} 号的提出人撤回了，不用再办，内容已经抹掉。`;
  }
}

/** Tells the group's cadre of a step; `before` is the demand as it was. */
export async function tellCadre(
  db: Db,
  group: { readonly id: number; readonly name: string },
  before: DemandRow,
  step: TakenStep,
  now: number,
): Promise<readonly Saying[]> {
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  return cadre ? [notice(cadre.personId, `“${nameOf(group)}”${toldToCadre(before, step)}`)] : [];
}

/**
 * After a withdrawal: whoever else waited is not left without an answer. What was `freed` goes on by itself; `answered`:
 * they had been given one.
 */
export async function tellOfWithdrawal(
  db: Db,
  group: { readonly id: number; readonly name: string },
  row: DemandRow,
  { freed, answered }: { readonly freed: readonly number[]; readonly answered: boolean },
  now: number,
): Promise<readonly Saying[]> {
  const cadre = await cadreOfGroup(db, group.id, dayOf(now));
  const back = `并到第 ${row.number} 号的${freed.map((number) => `第 ${number} 号`).join('、')}回到待受理，请接着办。`;
  const felt = answered ? [] : await supportersOf(db, row.id);
  return [
    ...(freed.length > 0 && cadre ? [notice(cadre.personId, `“${nameOf(group)}”${back}`)] : []),
    ...felt.map((id) =>
      notice(id, `你同感的第 ${row.number} 号，提出的人收回了。这件事你还想要个答复，发 /诉求 说一声就行。`),
    ),
  ];
}

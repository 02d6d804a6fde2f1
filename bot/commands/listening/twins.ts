/** Demands that resemble a new one, proposed to the cadre; nothing is merged but by their hand. */
import { inHand } from '../../../domain/listening/demand.ts';
import { TwinIndex } from '../../../domain/listening/similar.ts';
import type { Db } from '../../../prisma/database.ts';
import { latestDemands } from '../../../prisma/store/demands.ts';
import { shorten } from '../../render/legible.ts';

const most = 3;
/** Of a group; it has a hundred youths. */
const lookedAt = 500;
/** In half-width columns. */
const longestShown = 60;

/** The demands in hand but one that come nearest to a text, as lines for the cadre, and their numbers. */
export async function twinsOf(
  { db, group }: { readonly db: Db; readonly group: { readonly id: number } },
  text: string,
  but?: number,
): Promise<{ readonly text: string; readonly numbers: readonly number[] }> {
  const rows = (await latestDemands(db, group.id, lookedAt)).filter(
    ({ state, number }) => inHand.includes(state) && number !== but,
  );
  const index = new TwinIndex();
  for (const row of rows) index.add(row.number, row.text);
  const numbers = index.search(text, most).map(({ id }) => id);
  const lines = numbers.map((number) => {
    const row = rows.find((one) => one.number === number);
    return `第 ${number} 号　${shorten((row?.text ?? '').replace(/\s+/gu, ' '), longestShown)}`;
  });
  return {
    text: lines.length > 0 ? `\n\n可能相近的，是不是一件事由您定：\n${lines.join('\n')}` : '',
    numbers,
  };
}

/** What the database knows of a cadre beyond presence, for the standing of their other duties. */
import { type Day, dayOf } from '../../domain/calendar/day.ts';
import type { CadreFacts } from '../../domain/standing/facts.ts';
import type { Db } from '../database.ts';
import type { CadreOfPerson, GroupRow } from './cadres.ts';
import { youthsOf } from './identity.ts';

/**
 * The facts of a cadre who leads some groups. Until rosters come, the roster is the youths of these groups, each once.
 * What nothing is kept of yet (kind of cadre, records, links, pairing) is undefined: its duties are `unknown`, never
 * missed.
 */
export async function cadreFacts(
  db: Db,
  cadre: CadreOfPerson,
  groups: readonly GroupRow[],
  today: Day,
): Promise<CadreFacts> {
  const row = await db.cadre.findUniqueOrThrow({
    where: { id: cadre.id },
    select: { identityAt: true, bindings: { orderBy: { at: 'asc' }, take: 1, select: { at: true } } },
  });
  const roster = new Set<number>();
  let largest = 0;
  for (const group of groups) {
    const youths = await youthsOf(db, group.id, cadre.personId);
    largest = Math.max(largest, youths.length);
    for (const youth of youths) roster.add(youth);
  }
  const [first] = row.bindings;
  return {
    kind: undefined,
    organ: false,
    manyYouths: undefined,
    exempt: undefined,
    since: first ? dayOf(first.at.getTime()) : today,
    records: undefined,
    roster: { count: roster.size, grade: 'verified' },
    group: { count: largest, grade: 'verified', owner: undefined },
    identityOn: row.identityAt ? dayOf(row.identityAt.getTime()) : undefined,
    links: undefined,
    paired: undefined,
    steps: undefined,
  };
}

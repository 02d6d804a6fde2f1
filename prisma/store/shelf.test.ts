import { expect, it } from 'vitest';
import { describeOnBoth } from '../../tests/support/databases.ts';
import type { Database } from '../database.ts';
import { addPiece, fileOf, pieceFor, piecesFor, piecesWithin, removePiece, shelfHolds } from './shelf.ts';
import { addUnit } from './units.ts';

const now = Date.UTC(2026, 8, 2);

describeOnBoth('shelves', (open) => {
  /** A school over two colleges, one of them over a branch; a cadre and a piece in each. */
  async function begin() {
    const database: Database = await open();
    const { db } = database;
    const units: Record<string, number> = {};
    const cadres: Record<string, number> = {};
    const pieces: Record<string, number> = {};
    for (const [name, above] of [
      ['school'],
      ['college', 'school'],
      ['other', 'school'],
      ['branch', 'college'],
    ]) {
      if (name === undefined) continue;
      await addUnit(db, name, above === undefined ? undefined : units[above]);
      const { id: unitId } = await db.unit.findUniqueOrThrow({ where: { name } });
      units[name] = unitId;
      const cadre = await db.cadre.create({ data: { name, unitId, createdAt: new Date(now) } });
      cadres[name] = cadre.id;
      pieces[name] = (await addPiece(db, { unitId, title: name, line: 'x', file: 'eA==' }, now)) ?? 0;
    }
    return { db, units, cadres, pieces };
  }

  it('are seen by the unit’s cadres and those below, newest first, and by nobody else', async () => {
    const { db, cadres, pieces, units } = await begin();
    const seen = async (name: string) =>
      (await piecesFor(db, cadres[name] ?? 0, 9)).map(({ title, unit }) => [title, unit]);
    const own = (...names: string[]) => names.map((name) => [name, name]);
    expect(await seen('branch')).toEqual(own('branch', 'college', 'school'));
    expect(await seen('college')).toEqual(own('college', 'school'));
    expect(await seen('other')).toEqual(own('other', 'school'));
    expect(await seen('school')).toEqual(own('school'));
    expect(await pieceFor(db, cadres.other ?? 0, pieces.college ?? 0)).toBeUndefined();
    expect(await pieceFor(db, cadres.school ?? 0, pieces.college ?? 0)).toBeUndefined();
    expect(await pieceFor(db, cadres.branch ?? 0, pieces.college ?? 0)).toMatchObject({
      title: 'college',
    });
    const kept = await piecesWithin(db, units.college ?? 0, 9);
    expect(kept.map(({ title }) => title)).toEqual(['branch', 'college']);
    expect(await piecesWithin(db, 'anywhere', 9)).toHaveLength(4);
    expect(await piecesWithin(db, 'anywhere', 2)).toHaveLength(2);
  });

  it('are emptied within the unit alone, once, the file with the piece', async () => {
    const { db, units, pieces, cadres } = await begin();
    const remove = (what: string, by: string | 'anywhere') =>
      removePiece(db, pieces[what] ?? 0, by === 'anywhere' ? by : (units[by] ?? 0), now);
    expect([await remove('other', 'college'), await remove('school', 'college')]).toEqual([false, false]);
    expect(await fileOf(db, pieces.other ?? 0)).toBe('eA==');
    expect([await remove('branch', 'college'), await remove('branch', 'college')]).toEqual([true, false]);
    expect(await fileOf(db, pieces.branch ?? 0)).toBeUndefined();
    expect(await pieceFor(db, cadres.branch ?? 0, pieces.branch ?? 0)).toBeUndefined();
    expect(await remove('school', 'anywhere')).toBe(true);
  });

  it('hold so many pieces, each shelf for itself', async () => {
    const { db, units } = await begin();
    const add = (unit: string) =>
      addPiece(db, { unitId: units[unit] ?? 0, title: 't', line: 'x', url: 'https://a.cn/' }, now);
    for (let n = 1; n < shelfHolds; n++) expect(await add('college')).toBeDefined();
    expect(await add('college')).toBeUndefined();
    expect(await add('other')).toBeDefined();
  });
});

import { expect, it } from 'vitest';
import { dayFrom } from '../../domain/calendar/day.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { recordsOfUnits } from './escalation.ts';
import { dropAdjustments, keepAdjustment, policyAbove, policyOfCadre, policyOfUnit } from './policies.ts';
import { cadreFacts, unitFacts } from './standing.ts';

const at = 1_788_000_000_000;
const today = dayFrom(2026, 9, 2);

describeOnBoth('the policy of a unit', (open) => {
  it('is inherited, with semesters and adjustments of the levels that go by the same profile', async () => {
    const { db } = await open();
    const top = await db.unit.create({ data: { name: '校团委', profile: 'chuzhou' } });
    const unit = await db.unit.create({ data: { name: '学院团委', parentId: top.id } });
    const other = await db.unit.create({ data: { name: '附中团委', parentId: top.id, profile: 'gqt' } });
    await db.semester.createMany({
      data: [
        { unitId: top.id, key: '2026-autumn', fromDay: dayFrom(2026, 8, 31), toDay: dayFrom(2027, 1, 17) },
        { unitId: top.id, key: '2027-spring', fromDay: dayFrom(2027, 2, 28), toDay: dayFrom(2027, 7, 4) },
      ],
    });
    const more = { requirement: 'lecture', threshold: { atLeast: 3 }, reason: '团课年' };
    await keepAdjustment(db, top.id, more, at);
    await keepAdjustment(db, top.id, { ...more, threshold: { atLeast: 2 } }, at + 1);
    const lecture = async (unitId: number) =>
      (await policyOfUnit(db, unitId)).policy.requirements.find(({ id }) => id === 'lecture');
    expect(await lecture(unit.id)).toMatchObject({ threshold: { atLeast: 2 }, raised: { reason: '团课年' } });
    expect((await lecture(other.id))?.raised).toBeUndefined();
    expect(
      (await policyAbove(db, top.id)).requirements.find(({ id }) => id === 'lecture')?.raised,
    ).toBeUndefined();
    const found = await policyOfUnit(db, unit.id);
    expect(found.policy.id).toBe('chuzhou');
    expect(found.policy.semesters.set).toHaveLength(2);
    expect(found.vacations).toEqual([{ from: dayFrom(2027, 1, 18), to: dayFrom(2027, 2, 27) }]);
    const cadre = await db.cadre.create({ data: { name: '张晓', unitId: unit.id, createdAt: new Date(at) } });
    expect(await policyOfCadre(db, cadre.id)).toEqual(found);
    expect(await dropAdjustments(db, top.id, 'lecture')).toBe(true);
    expect(await dropAdjustments(db, top.id, 'lecture')).toBe(false);
    expect((await lecture(unit.id))?.raised).toBeUndefined();
  });

  it('leaves out, and tells, what a level above no longer allows', async () => {
    const { db } = await open();
    const top = await db.unit.create({ data: { name: '校团委' } });
    const unit = await db.unit.create({ data: { name: '学院团委', parentId: top.id } });
    await keepAdjustment(db, unit.id, { requirement: 'interaction', threshold: { youths: 2 } }, at);
    expect((await policyOfUnit(db, unit.id)).void).toEqual([]);
    await keepAdjustment(db, top.id, { requirement: 'interaction', threshold: { youths: 4 } }, at);
    const found = await policyOfUnit(db, unit.id);
    expect(found.policy.requirements.find(({ id }) => id === 'interaction')?.threshold).toEqual({
      youths: 4,
    });
    expect(found.void).toMatchObject([{ unitId: unit.id, requirement: 'interaction' }]);
  });
});

describeOnBoth('facts out of deeds', (open) => {
  it('are a cadre’s own, and a unit’s events once each with the best evidence', async () => {
    const { db } = await open();
    const unit = await db.unit.create({ data: { name: '学院团委' } });
    const account = await db.account.create({ data: { platform: 'test', name: 'bot' } });
    const cadres = [];
    for (const name of ['张晓', '李明']) {
      const person = await db.person.create({ data: { accountId: account.id, name } });
      const data = {
        name,
        unitId: unit.id,
        personId: person.id,
        createdAt: new Date(at),
        kind: 'leading_part_time',
      };
      cadres.push(await db.cadre.create({ data }));
    }
    const [one, other] = cadres.map(({ id }) => id) as [number, number];
    const deed = { kind: 'open_day', day: today - 1, createdAt: new Date(at) };
    await db.deed.createMany({
      data: [
        { ...deed, cadreId: one, number: 1, grade: 'stated', participants: 60, withClub: true },
        { ...deed, cadreId: other, number: 1, grade: 'documented', participants: 40 },
        { ...deed, cadreId: one, number: 2, kind: 'visit', withdrawnAt: new Date(at) },
        { ...deed, cadreId: one, number: 3, kind: 'visit', day: today + 1 },
      ],
    });
    const bound = await policyOfUnit(db, unit.id);
    const cadre = { id: one, personId: cadres[0]?.personId ?? 0, name: '张晓', unit: '学院团委' };
    const facts = await cadreFacts(db, cadre, [], today, bound);
    expect(facts.kind).toBe('leading_part_time');
    expect(facts.records?.all).toMatchObject([{ kind: 'open_day', grade: 'stated' }]);
    expect(facts.links).toMatchObject({ club: [{ day: today - 1, grade: 'stated' }] });
    expect(facts.links?.branch).toBeUndefined();
    expect((await unitFacts(db, unit.id, today - 9, today, [])).records?.all).toEqual([
      { kind: 'open_day', day: today - 1, grade: 'documented', participants: 60 },
    ]);
    const all = await recordsOfUnits(db, new Map([[unit.id, bound]]), today);
    expect(all.map(({ facts: { records } }) => records?.all.length)).toEqual([1, 1]);
  });
});

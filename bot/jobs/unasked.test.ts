/**
 * Every message that the bot sends to a cadre or an administrator unasked: within the one budget, to be muted, quiet at
 * night and on holidays; or named here with the reason why not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dayFrom } from '../../domain/calendar/day.ts';
import { profiles } from '../../domain/policy/profiles/profiles.ts';
import type { Reminder } from '../../domain/reminders/due.ts';
import { cadreOfPerson } from '../../prisma/store/cadres.ts';
import { mute, unmute } from '../../prisma/store/mutes.ts';
import { chooseReminders } from '../../prisma/store/reminder-settings.ts';
import { openTopic } from '../../prisma/store/topics.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { at, Evening } from '../../tests/support/evening.ts';
import { publicCalendar } from '../work-calendar.ts';
import { reminders } from './reminders.ts';
import { cadreReminders, unitReminders } from './reminders-due.ts';

/** Where something is said unasked, beside the evening digest, and why it may be. */
const elsewhere: Readonly<Record<string, string>> = {
  // Counted, but of their own making.
  'bot/jobs/activity-reminders.ts': 'to who signed up themselves, once, the evening before; counted',
  'bot/jobs/wishes.ts': 'to who took a wish on themselves, once, by day; counted. Else to youths',
  'bot/jobs/surveys.ts': 'into the group, once',
  // A word that somebody waits for an answer to, or the outcome of what the cadre began: at once, as they were said.
  'bot/commands/listening/demand.ts': 'a youth turns to this cadre',
  'bot/commands/listening/anonymous-filing.ts': 'a youth turns to this cadre',
  'bot/commands/listening/asker-steps.ts':
    'the youth confirms, reopens or takes back what the cadre answered',
  'bot/commands/listening/asker.ts': 'to the youth who asked',
  'bot/commands/listening/demand-photos.ts': 'a youth adds to what they brought',
  'bot/commands/voices/ask.ts': 'a youth asks this cadre',
  'bot/commands/voices/answer-question.ts': 'to the youth who asked',
  'bot/commands/voices/wish-own.ts': 'a wish, the first ones of a day; muted with 心愿',
  'bot/commands/voices/wish-claim.ts': 'to the two whose wish it is',
  'bot/commands/voices/help-own.ts': 'may be about money: the cadre is to look',
  'bot/commands/voices/help-contact.ts': 'to the two who help each other',
  'bot/commands/voices/cry-instead.ts': 'danger',
  'bot/commands/surveys/survey-end.ts': 'the end of the cadre’s own survey',
  'bot/commands/surveys/survey-talk.ts': 'an answer',
  'bot/commands/surveys/survey-answer.ts': 'an answer',
  'bot/commands/topics/topic.ts': 'an answer',
  'bot/commands/activities/activity-announce.ts': 'an answer',
  'bot/commands/activities/activity-end.ts': 'an answer',
  'bot/commands/activities/activity-cancel.ts': 'to who signed up',
  'bot/commands/activities/activity-move.ts': 'to who signed up',
  'bot/commands/activities/sign-up.ts': 'to who waits for a place',
  'bot/commands/units/unit-evaluation.ts': 'what the unit opens in the cadre’s group, once a semester',
  'bot/commands/people/bind.ts': 'the cadre’s own account or group changes hands',
  'bot/commands/people/prove.ts': 'the cadre’s own account changes hands',
  'bot/operator.ts': 'to operators: the bot hears nothing',
  'bot/commands/people/my-data.ts': 'to youths whom an erasure leaves waiting',
  'bot/commands/handle.ts': 'an answer',
  'bot/dialogue/danger.ts': 'danger',
  'bot/intake/deaf.ts': 'the bot hears nothing and counts nothing: once a month',
  'bot/intake/directory.ts': 'the bot does not know the cadre’s group again: once',
  'bot/jobs/topics.ts': 'what the cadre planned could not be posted',
  'bot/jobs/helps.ts': 'to the youths whose help it is',
  'bot/jobs/inquiries.ts': 'to the youth who asked',
};

describe('what is said unasked', () => {
  it('is in the digest, or is named here with its reason', () => {
    const files = readdirSync('bot', { recursive: true, encoding: 'utf8' })
      .map((file) => `bot/${file}`)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
    const speaking = files.filter((file) =>
      /kind: '(?:reminder|notice)'|\bnotice\(/u.test(readFileSync(file, 'utf8')),
    );
    const own = ['bot/dialogue/say.ts', 'bot/jobs/reminders.ts', 'bot/outbox/message.ts'];
    expect(speaking.filter((file) => !own.includes(file)).sort()).toEqual(Object.keys(elsewhere).sort());
  });
});

const calendar = publicCalendar();
/** The first working day after a week of holidays, a Thursday. */
const thursday = dayFrom(2026, 10, 8);
const holiday = thursday - 1;
const hour = 3_600_000;

/** A silent cadre, who is an administrator too, and everything that can wait for them. */
async function everything(database: Parameters<typeof Evening.begin>[0]) {
  const { db } = database;
  const begun = dayFrom(2026, 3, 2);
  const evening = await Evening.begin(database, begun);
  const { groupId, cadre } = evening;
  const { id: unitId } = await db.unit.findFirstOrThrow();
  await db.unit.update({ where: { id: unitId }, data: { profile: 'chuzhou' } });
  const since = new Date(at(begun, '9:00'));
  const { id } = await db.administrator.create({
    data: { name: '王敏', unitId, personId: cadre, createdAt: since },
  });
  const asked = { groupId, askerId: await evening.person('u'), text: '热水总断' };
  const createdAt = new Date(at(dayFrom(2026, 9, 20), '9:00'));
  await db.demand.create({ data: { ...asked, number: 1, createdAt } });
  await db.inquiry.create({ data: { ...asked, number: 1, createdAt, inGroup: true } });
  const { askerId: wisherId, text } = asked;
  const expiresAt = new Date(at(thursday + 3, '9:00'));
  await db.wish.create({ data: { groupId, wisherId, text, number: 1, createdAt, expiresAt } });
  await evening.hears(at(begun - 2, '0:00'), at(thursday + 30, '0:00'));
  for (const day of [holiday - 1, holiday]) {
    const topic = { groupId, title: '食堂', text: 'x', followUp: '尝过了吗？', openedAt: at(day, '12:00') };
    await openTopic(db, { ...topic, closesAt: at(day + 7, '12:00') });
  }
  const officer = { id, unitId, name: '王敏', personId: cadre, unit: '', createdAt: since.getTime() };
  const own = await cadreOfPerson(db, cadre);
  if (!own) throw new Error('no cadre');
  const due = (now: number): Promise<readonly Reminder[]> =>
    database.transaction(async (tx) => [
      ...(await cadreReminders(tx, own, now, calendar, new Set())),
      ...(await unitReminders(tx, officer, now, calendar, new Set())),
    ]);
  return { evening, due, id };
}

describeOnBoth('what is said unasked in the evening', (open) => {
  it('is of every kind there is; each can be muted, and none is for the night or a holiday', async () => {
    const database = await open();
    const { db } = database;
    const { due, id } = await everything(database);
    const found = new Set<string>();
    const nights = [thursday, thursday + 13, dayFrom(2026, 12, 24), dayFrom(2026, 11, 26)];
    for (const day of nights) {
      const kinds = new Set((await due(at(day, '20:00'))).map(({ requirement }) => requirement));
      for (const kind of kinds) found.add(kind);
      for (const kind of kinds) {
        await mute(db, { cadreId: 1 }, kind);
        await mute(db, { administratorId: id }, kind);
        if (kind !== 'activity') {
          const left = (await due(at(day, '20:00'))).filter((one) => one.stage !== 'escalation');
          expect(left.map(({ requirement }) => requirement)).not.toContain(kind);
        }
        await unmute(db, { cadreId: 1 }, kind);
        await unmute(db, { administratorId: id }, kind);
      }
      for (const clock of ['19:59', '22:00', '23:30']) expect(await due(at(day, clock))).toEqual([]);
      expect(await due(at(day, '20:00') - 14 * hour)).toEqual([]);
    }
    expect(await due(at(holiday, '20:00'))).toEqual([]);
    const others = ['demands', 'inquiries', 'wishes', 'month-card', 'follow-up'];
    expect([...found]).toEqual(expect.arrayContaining([...others, 'interaction', 'topic', 'activity']));
    const [chuzhou] = profiles.filter(({ id: profile }) => profile === 'chuzhou');
    const quarterly = chuzhou?.requirements.filter(({ period }) => period === 'quarter').map((one) => one.id);
    expect([...found]).toEqual(expect.arrayContaining(quarterly ?? []));
    await mute(db, { cadreId: 1 }, '*');
    await mute(db, { administratorId: id }, '*');
    for (const day of nights) expect(await due(at(day, '20:00'))).toEqual([]);
  });

  it('is one message an evening within the week’s budget, the most pressing in it', async () => {
    const database = await open();
    const { db } = database;
    const { evening } = await everything(database);
    await chooseReminders(db, evening.cadre, { weekly: 1 });
    for (let day = thursday - 3; day < thursday + 4; day++)
      for (const clock of ['9:00', '20:00', '20:30', '23:00'])
        await evening.tickAt(at(day, clock), reminders(calendar));
    const said = await evening.said();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/1\. 有 1 件诉求在等您（第 1 号）/u);
    expect(said[0]).toContain('有 1 个问题在等您答（第 1 个）');
  });
});

import { expect, it } from 'vitest';
import { decideInquiry, type InquiryStep } from '../../domain/listening/inquiry.ts';
import { bindGroups } from '../../tests/support/bound-groups.ts';
import { describeOnBoth } from '../../tests/support/databases.ts';
import { findGroup, resolvePeople } from './identity.ts';
import {
  addInquiry,
  countOpenInquiries,
  faqOf,
  forgetInquiries,
  type InquiryRow,
  inquiriesOf,
  inquiryNumbered,
  moveInquiry,
  overdueInquiries,
  waitingInquiries,
} from './inquiries.ts';

const now = Date.parse('2026-09-02T15:00:00+08:00');
const dayMs = 86_400_000;

describeOnBoth('questions to the cadre', (open) => {
  it('are answered once, become a FAQ without a name, and are forgotten but for it', async () => {
    const database = await open();
    const { db } = database;
    const groups = [{ group: 'g', cadre: 'c' }];
    const accountId = await bindGroups(database, { platform: 'test', name: 'bot' }, groups, now);
    const groupId = (await findGroup(db, accountId, 'g')) ?? 0;
    const askerId = (await resolvePeople(db, accountId, [{ id: 'u' }])).get('u') ?? 0;
    const ask = (text: string) =>
      database.transaction((tx) => addInquiry(tx, { groupId, askerId, inGroup: false, text }, now));
    const rows = await Promise.all(['图书馆几点开', '校园卡丢了怎么办', '怎么转专业'].map(ask));
    expect(rows.map(({ number }) => number).toSorted()).toEqual([1, 2, 3]);
    const read = async (number: number) => (await inquiryNumbered(db, groupId, number)) as InquiryRow;
    const take = async (row: InquiryRow, step: InquiryStep) => {
      const decision = decideInquiry(row, step);
      if (decision.kind === 'fault') throw new Error(decision.say);
      return moveInquiry(db, row, decision.inquiry);
    };
    const first = await read(1);
    const answers = await Promise.all(
      ['七点', '八点'].map((text) => take(first, { step: 'answer', at: now, text })),
    );
    expect(answers.toSorted()).toEqual([false, true]);
    await take(await read(2), { step: 'answer', at: now, text: '好' });
    expect(await countOpenInquiries(db, groupId)).toBe(1);
    await take(await read(1), { step: 'include', text: '开放时间' });
    expect(await faqOf(db, groupId)).toEqual([
      { number: 1, question: '开放时间', answer: answers[0] ? '七点' : '八点' },
    ]);
    expect(await waitingInquiries(db, groupId, now + 2 * dayMs)).toEqual([3]);
    expect(await waitingInquiries(db, groupId, now + 2 * dayMs - 1)).toEqual([]);
    expect(await overdueInquiries(db, now + 2 * dayMs)).toEqual([]);
    expect(await overdueInquiries(db, now + 7 * dayMs)).toMatchObject([{ number: 3 }]);

    await forgetInquiries(db, now + 1);
    expect((await inquiriesOf(db, askerId, 9)).map(({ number }) => number)).toEqual([3]);
    expect(await read(1)).toMatchObject({ askerId: undefined, text: '', faq: '开放时间' });
    expect(await inquiryNumbered(db, groupId, 2)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { decideInquiry, type Inquiry, type InquiryStep } from './inquiry.ts';

const asked: Inquiry = {
  number: 3,
  text: '图书馆几点开',
  state: 'open',
  answer: undefined,
  answeredAt: undefined,
  faq: undefined,
};

const answer = { step: 'answer', at: 10, text: ' 七点 ' } as const;
const edit = { step: 'answer', at: 20, text: '周末八点' } as const;
const include = { step: 'include', text: '图书馆开放时间' } as const;
const remove = { step: 'remove' } as const;
const withdraw = { step: 'withdraw' } as const;

function after(...steps: InquiryStep[]): Inquiry {
  return steps.reduce((current, step) => {
    const decision = decideInquiry(current, step);
    if (decision.kind === 'fault') throw new Error(decision.say);
    return decision.inquiry;
  }, asked);
}

it('is answered, corrected, shown and taken out again', () => {
  expect(after(answer)).toMatchObject({ state: 'answered', answer: '七点', answeredAt: 10 });
  expect(after(answer, edit)).toMatchObject({ state: 'answered', answer: '周末八点', answeredAt: 10 });
  expect(after(answer, include)).toMatchObject({ faq: '图书馆开放时间' });
  expect(after(answer, include, remove)).toMatchObject({ faq: undefined, answer: '七点' });
  expect(after(answer, withdraw)).toMatchObject({ state: 'withdrawn', text: '', answer: undefined });
  expect(after(answer, include, withdraw)).toMatchObject({ text: '', answer: '七点', faq: '图书馆开放时间' });
  expect(after(answer, include, withdraw, edit, remove)).toMatchObject({ answer: undefined });
});

test.each<[string, Inquiry, InquiryStep, string]>([
  ['no words', asked, { ...answer, text: ' ' }, '请写上答复'],
  ['too many words', asked, { ...answer, text: '长'.repeat(1001) }, '1001'],
  ['showing what has no answer', asked, include, '还没有答复'],
  ['showing nothing', after(answer), { ...include, text: '' }, '问法是空的'],
  ['taking out what is not in', after(answer), remove, '不在常见问题里'],
  ['answering what was taken back', after(withdraw), answer, '已经撤回'],
  ['taking back twice', after(withdraw), withdraw, '已经撤回了'],
])('%s is refused', (_, inquiry, step, says) => {
  expect(decideInquiry(inquiry, step)).toEqual({ kind: 'fault', say: expect.stringContaining(says) });
});

it('waits until it is answered or taken back; what the FAQ shows always has an answer', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<InquiryStep>(answer, edit, include, remove, withdraw)), (steps) => {
      let inquiry = asked;
      for (const step of steps) {
        const decision = decideInquiry(inquiry, step);
        if (decision.kind === 'inquiry') inquiry = decision.inquiry;
        else expect(decision.say).not.toBe('');
        if (inquiry.faq !== undefined || inquiry.state === 'answered') expect(inquiry.answer).toBeDefined();
        if (inquiry.state === 'open') expect(decideInquiry(inquiry, answer).kind).toBe('inquiry');
        if (inquiry.state === 'withdrawn') expect(inquiry.text).toBe('');
      }
    }),
  );
});

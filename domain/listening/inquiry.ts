/**
 * A question to the cadre (问) and its answer, which may be kept in the group's small FAQ: only with the cadre's yes, and
 * without anybody's name (滁州 附件2: 小伙伴可以向熟悉的团干部反映问题和困惑).
 */
import { dayMs } from '../calendar/day.ts';

export type InquiryStage = 'open' | 'answered' | 'withdrawn';

/** A question as far as its life goes; instants are milliseconds since the epoch. */
export interface Inquiry {
  readonly number: number;
  /** Empty once it is withdrawn and not in the FAQ. */
  readonly text: string;
  readonly state: InquiryStage;
  readonly answer: string | undefined;
  readonly answeredAt: number | undefined;
  /** The question as the FAQ words it; undefined: it is not in it. */
  readonly faq: string | undefined;
}

export type InquiryStep =
  /** The answer, or another one instead of it. */
  | { readonly step: 'answer'; readonly at: number; readonly text: string }
  /** Into the FAQ, worded like that. */
  | { readonly step: 'include'; readonly text: string }
  | { readonly step: 'remove' }
  | { readonly step: 'withdraw' };

export type InquiryDecision =
  | { readonly kind: 'inquiry'; readonly inquiry: Inquiry }
  | { readonly kind: 'fault'; readonly say: string };

/** Characters (code points). */
export const longestInquiry = 300;
export const longestAnswer = 1000;
/** What one person may ask in 24 hours. */
export const mostInquiriesADay = 5;
/** After so long without an answer the cadre is reminded, and after so long the asker hears how it stands. */
export const remindMs = 2 * dayMs;
export const consoleMs = 7 * dayMs;

/**
 * From so much likeness on an answer of the FAQ is shown before the cadre is asked. It decides nothing: who asked says
 * whether it helps, and low is better than high.
 */
export const likeEnough = 0.25;

/** The question after a step, or why the step cannot be taken, said to whoever takes it. */
export function decideInquiry(inquiry: Inquiry, step: InquiryStep): InquiryDecision {
  const which = `第 ${inquiry.number} 个问题`;
  const to = (change: Partial<Inquiry>): InquiryDecision => ({
    kind: 'inquiry',
    inquiry: { ...inquiry, ...change },
  });
  switch (step.step) {
    case 'answer': {
      if (inquiry.state === 'withdrawn' && inquiry.faq === undefined)
        return fault(`${which}对方已经撤回，不用答了。`);
      const text = step.text.trim();
      const length = [...text].length;
      if (length === 0) return fault(`请写上答复，比如：/答疑 ${inquiry.number} 周三下午开放，带学生证就行`);
      if (length > longestAnswer) return fault(`答复有 ${length} 个字，请收到 ${longestAnswer} 字以内。`);
      const state = inquiry.state === 'open' ? 'answered' : inquiry.state;
      return to({ state, answer: text, answeredAt: inquiry.answeredAt ?? step.at });
    }
    case 'include': {
      if (inquiry.answer === undefined)
        return fault(`${which}还没有答复，先发 /答疑 ${inquiry.number} 加答复。`);
      const text = step.text.trim();
      if (text === '') return fault(`${which}的问法是空的，请写上大家看得懂的问法。`);
      if ([...text].length > longestInquiry) return fault(`问法请收到 ${longestInquiry} 字以内。`);
      return to({ faq: text });
    }
    case 'remove':
      if (inquiry.faq === undefined) return fault(`${which}不在常见问题里。`);
      return to({
        faq: undefined,
        ...(inquiry.state === 'withdrawn' ? { answer: undefined, answeredAt: undefined } : {}),
      });
    case 'withdraw':
      if (inquiry.state === 'withdrawn') return fault(`${which}已经撤回了。`);
      // What the cadre has put into the FAQ, in words of their own, is the group's.
      return to({
        state: 'withdrawn',
        text: '',
        ...(inquiry.faq === undefined ? { answer: undefined, answeredAt: undefined } : {}),
      });
  }
}

function fault(say: string): InquiryDecision {
  return { kind: 'fault', say };
}

/** From what the bot means to say to what a platform can show: pictures are drawn here, files written. */
import type { Content } from '../../adapters/adapter.ts';
import type { Draft } from '../outbox/message.ts';
import { drawProgress } from './progress-card.ts';
import { progressText } from './progress-text.ts';
import { drawSurvey } from './survey-card.ts';
import { surveyText } from './survey-text.ts';
import { workbook } from './workbook.ts';

/** Draws what is still data. A picture carries its text form for those who cannot see it. */
export async function render(draft: Draft): Promise<Content> {
  switch (draft.type) {
    case 'progress':
      return {
        type: 'image',
        bytes: await drawProgress(draft.progress),
        name: '进度.png',
        alt: progressText(draft.progress),
      };
    case 'survey':
      return {
        type: 'image',
        bytes: await drawSurvey(draft.results),
        name: '问卷结果.png',
        alt: surveyText(draft.results),
      };
    case 'workbook':
      return { type: 'file', bytes: await workbook(draft.sheets), name: draft.name };
    default:
      return draft;
  }
}

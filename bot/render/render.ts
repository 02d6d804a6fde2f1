/** From what the bot means to say to what a platform can show: pictures are drawn here, files written. */
import type { Content } from '../../adapters/adapter.ts';
import type { Draft } from '../outbox/message.ts';
import { documentEnding, type Photos } from '../photos/photos.ts';
import { drawMonth } from './month-card.ts';
import { monthText } from './month-text.ts';
import { drawOverview } from './overview-card.ts';
import { overviewText } from './overview-text.ts';
import { paperFile } from './paper.ts';
import { drawPoster } from './poster.ts';
import { drawProgress } from './progress-card.ts';
import { progressText } from './progress-text.ts';
import { drawSurvey } from './survey-card.ts';
import { surveyText } from './survey-text.ts';
import { drawTopic } from './topic-card.ts';
import { drawWall } from './wish-wall-card.ts';
import { wallText } from './wish-wall-text.ts';
import { workbook } from './workbook.ts';

/**
 * Draws what is still data. A picture carries its text form for those who cannot see it. A kept picture that is gone
 * meanwhile is said to be.
 */
export async function render(draft: Draft, photos: Pick<Photos, 'read'> | undefined): Promise<Content> {
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
    case 'paper':
      return { type: 'file', bytes: await paperFile(draft.paper), name: draft.name };
    case 'month':
      return {
        type: 'image',
        bytes: await drawMonth(draft.report),
        name: '你说我办.png',
        alt: monthText(draft.report),
      };
    case 'overview':
      return {
        type: 'image',
        bytes: await drawOverview(draft.overview),
        name: '要做的.png',
        alt: overviewText(draft.overview),
      };
    case 'photo': {
      const bytes = await photos?.read(draft.file);
      if (!bytes) return { type: 'text', text: `${draft.alt}已经删掉了。` };
      const ending = documentEnding(draft.file);
      if (ending !== undefined) return { type: 'file', bytes, name: `${draft.alt}.${ending}` };
      return { type: 'image', bytes, name: '照片.jpg', alt: draft.alt };
    }
    case 'poster': {
      const { title, lines, qr } = draft;
      const alt = [title, ...lines, qr.text].join('\n');
      return { type: 'image', bytes: await drawPoster(draft), name: '海报.png', alt };
    }
    case 'topic-card': {
      const { number, title, text } = draft.topic;
      const bytes = await drawTopic(draft.topic);
      return { type: 'image', bytes, name: `话题${number}.png`, alt: `话题${number}｜${title}\n${text}` };
    }
    case 'wish-wall':
      return {
        type: 'image',
        bytes: await drawWall(draft.wall),
        name: '心愿墙.png',
        alt: wallText(draft.wall),
      };
    case 'file':
      return { type: 'file', name: draft.name, bytes: Buffer.from(draft.base64, 'base64') };
    default:
      return draft;
  }
}

/** From what the bot means to say to what a platform can show: pictures are drawn here. */
import type { Content } from '../../adapters/adapter.ts';
import type { Draft } from '../outbox/message.ts';
import { drawOverview } from './overview-card.ts';
import { overviewText } from './overview-text.ts';
import { drawProgress } from './progress-card.ts';
import { progressText } from './progress-text.ts';

/** Draws what is still data. A picture carries its text form for those who cannot see it. */
export async function render(draft: Draft): Promise<Content> {
  if (draft.type === 'overview')
    return {
      type: 'image',
      bytes: await drawOverview(draft.overview),
      name: '要做的.png',
      alt: overviewText(draft.overview),
    };
  if (draft.type !== 'progress') return draft;
  return {
    type: 'image',
    bytes: await drawProgress(draft.progress),
    name: '进度.png',
    alt: progressText(draft.progress),
  };
}

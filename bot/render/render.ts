/** From what the bot means to say to what a platform can show: pictures are drawn here. */
import type { Content } from '../../adapters/adapter.ts';
import type { Draft } from '../outbox/message.ts';
import { drawProgress } from './progress-card.ts';
import { progressText } from './progress-text.ts';
import { drawTopic } from './topic-card.ts';

/** Draws what is still data. A picture carries its text form for those who cannot see it. */
export async function render(draft: Draft): Promise<Content> {
  if (draft.type === 'file')
    return { type: 'file', name: draft.name, bytes: Buffer.from(draft.base64, 'base64') };
  if (draft.type === 'topic-card') {
    const { number, title, text } = draft.topic;
    const bytes = await drawTopic(draft.topic);
    return { type: 'image', bytes, name: `话题${number}.png`, alt: `话题${number}｜${title}\n${text}` };
  }
  if (draft.type !== 'progress') return draft;
  return {
    type: 'image',
    bytes: await drawProgress(draft.progress),
    name: '进度.png',
    alt: progressText(draft.progress),
  };
}

import { describe, expect, it } from 'vitest';
import { cardStyles } from '../../domain/topics/library.ts';
import { drawTopic } from './topic-card.ts';

describe('a topic’s picture card', () => {
  it('is drawn in every style, whatever its words', async () => {
    const pictures = await Promise.all(
      cardStyles.map((style) =>
        drawTopic({ number: 12, title: '食堂点将 🍜', text: '回购最多的一道菜？', style }),
      ),
    );
    for (const png of pictures) expect([...png.subarray(1, 4)]).toEqual([80, 78, 71]);
    expect(new Set(pictures.map((png) => Buffer.from(png).toString('base64'))).size).toBe(cardStyles.length);
    const hostile = { number: 1, title: '\u202e\u0000', text: '长'.repeat(100_000), style: 'note' } as const;
    expect((await drawTopic(hostile)).length).toBeGreaterThan(1000);
  });
});

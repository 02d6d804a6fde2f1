/** A topic as a picture card, in one of six styles. */
import type { Node } from '@takumi-rs/core';
import type { CardStyle } from '../../domain/topics/library.ts';
import type { TopicPicture } from '../outbox/message.ts';
import { fontFamily } from './font.ts';
import { body, column, filler, row, type Style, strong } from './layout.ts';
import { oneLine, shorten } from './legible.ts';
import { cardWidth, weight } from './palette.ts';
import { drawCard } from './renderer.ts';

/** Half-width columns. */
const room = { title: 48, text: 400 };

interface Look {
  /** What lies behind the sheet, and the sheet. */
  readonly ground: string;
  readonly sheet: string;
  readonly ink: string;
  readonly accent: string;
  readonly frame: Style;
}

/** Every ink reaches 4.5:1 on its sheet, the accent as well. */
const looks: Readonly<Record<CardStyle, Look>> = {
  note: {
    ground: '#e9dfc6',
    sheet: '#fff8d9',
    ink: '#3a3120',
    accent: '#8a4b08',
    frame: { borderTop: '10px solid #e8c65a' },
  },
  ticket: {
    ground: '#d9e4ea',
    sheet: '#f7fbfd',
    ink: '#1f3440',
    accent: '#1d5f85',
    frame: { border: '2px dashed #6d9ab3', borderRadius: 14 },
  },
  blackboard: {
    ground: '#8a6844',
    sheet: '#27443a',
    ink: '#f4f1e4',
    accent: '#ffd98a',
    frame: { border: '6px solid #6d4f31', borderRadius: 6 },
  },
  polaroid: {
    ground: '#d8d4cc',
    sheet: '#ffffff',
    ink: '#2e2a26',
    accent: '#8a3d2a',
    frame: { borderBottom: '26px solid #ffffff', borderTop: '14px solid #e9e4db' },
  },
  postcard: {
    ground: '#c9b79d',
    sheet: '#fdf8ee',
    ink: '#3b2f26',
    accent: '#a02c20',
    frame: { borderLeft: '12px solid #a02c20' },
  },
  sky: {
    ground: '#bcd9ee',
    sheet: '#eef7fd',
    ink: '#16344d',
    accent: '#1f5f94',
    frame: { borderRadius: 26, borderBottom: '8px solid #8fc1e4' },
  },
};

/**
 * Draws a topic: a PNG 900 pixels wide, with its tag, so that whoever sees it elsewhere can still join. Throws only where
 * the renderer cannot work at all.
 */
export function drawTopic({ number, title, text, style }: TopicPicture): Promise<Uint8Array> {
  const { ground, sheet, ink, accent, frame } = looks[style];
  const inner: Node[] = [
    row(8, [
      strong(`话题 ${number}`, { fontSize: 15, color: accent }),
      filler,
      body('青言青语', { fontSize: 14, color: accent }),
    ]),
    strong(shorten(oneLine(title), room.title), { fontSize: 30, lineHeight: 1.3, color: ink }),
    body(shorten(oneLine(text), room.text), { fontSize: 21, lineHeight: 1.6, color: ink }),
    row(8, [body(`在群里说，带上 #话题${number} 就行`, { fontSize: 15, color: accent })], { paddingTop: 14 }),
  ];
  return drawCard(
    column(0, [column(14, inner, { padding: 28, backgroundColor: sheet, ...frame })], {
      width: cardWidth,
      padding: 26,
      backgroundColor: ground,
      fontFamily,
      fontWeight: weight.regular,
    }),
  );
}

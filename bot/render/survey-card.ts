/** The results of a survey as a picture card: a bar an option. */
import type { Node } from '@takumi-rs/core';
import { container } from '@takumi-rs/helpers';
import type { Cell, QuestionResult, SurveyResults } from '../../domain/surveys/results.ts';
import { body, caption, column, heading, row, rule, sheet, strong } from './layout.ts';
import { oneLine, shorten } from './legible.ts';
import { palette, size } from './palette.ts';
import { drawCard } from './renderer.ts';
import { footText, hiddenCell, percentOf, shareText, sumText, tooFew } from './survey-text.ts';

/** Half-width columns. */
const room = { title: 50, question: 240, option: 84, words: 120 };
/** A picture as long as it can still be read; the table has them all. */
const mostQuestions = 12;
const mostWords = 6;

/**
 * Draws what came out of a survey: a PNG 900 pixels wide. Titles and words are people's own: made fit, and shortened.
 * Throws only where the renderer cannot work at all.
 */
export function drawSurvey(results: SurveyResults): Promise<Uint8Array> {
  const shown = results.questions.slice(0, mostQuestions);
  const more = results.questions.length - shown.length;
  const parts = shown.flatMap((question, n) =>
    n === 0 ? [questionPart(question)] : [rule(), questionPart(question)],
  );
  return drawCard(
    sheet(
      [
        heading(shorten(oneLine(results.title), room.title), [shareText(results)]),
        ...(shown.length === 0 ? [body(tooFew)] : parts),
        ...(more > 0 ? [caption(`还有 ${more} 题，见 Excel 表。`)] : []),
      ],
      footText(results),
    ),
  );
}

function questionPart(question: QuestionResult): Node {
  const name = `${question.number}. ${shorten(oneLine(question.text), room.question)}`;
  const words = question.texts.slice(0, mostWords);
  const left = question.texts.length - words.length;
  return column(8, [
    strong(name, { fontSize: size.section, lineHeight: 1.4 }),
    caption(question.answered === undefined ? tooFew : sumText(question)),
    ...question.cells.map((cell) => option(cell, question.answered)),
    ...words.map((said) => body(`“${shorten(oneLine(said), room.words)}”`)),
    ...(left > 0 ? [caption(`还有 ${left} 条，见 Excel 表。`)] : []),
  ]);
}

function option(cell: Cell, answered: number | undefined): Node {
  const percent = percentOf(cell, answered);
  const figure = percent === undefined ? hiddenCell : `${cell.count} 人　${percent}%`;
  const filled = container({
    style: { width: `${percent ?? 0}%`, height: 12, backgroundColor: palette.blue },
    children: [],
  });
  const track = container({
    style: {
      display: 'flex',
      width: '100%',
      height: 14,
      borderRadius: 7,
      overflow: 'hidden',
      border: `1px solid ${palette.line}`,
      backgroundColor: palette.raised,
    },
    children: [filled],
  });
  const head = row(
    8,
    [
      body(shorten(oneLine(cell.label), room.option), { flexGrow: 1, flexBasis: 0, minWidth: 0 }),
      body(figure, { color: palette.soft, flexShrink: 0 }),
    ],
    { alignItems: 'flex-start' },
  );
  // An empty bar would say that nobody chose it.
  return percent === undefined ? head : column(3, [head, track]);
}

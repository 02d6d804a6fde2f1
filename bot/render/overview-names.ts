/** Names and sentences of people on the sheet of all requirements. */
import { oneLine, shorten } from './legible.ts';

/** As one line that can be drawn, at most `width` half-width columns. */
export function legibleName(text: string, width: number): string {
  return shorten(oneLine(text), width);
}

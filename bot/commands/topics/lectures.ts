/** The outlines of league lectures (团课), read once from prompts/lectures. */
import { readdirSync } from 'node:fs';
import { z } from 'zod';
import { readMarked } from '../../front-matter.ts';
import { promptFolder, promptText } from '../../prompts.ts';

const matterSchema = z.strictObject({
  title: z.string().min(2).max(20),
  minutes: z.coerce.number().int().min(5).max(90),
  suits: z.string().min(2),
});

export interface Lecture extends z.output<typeof matterSchema> {
  readonly text: string;
}

/** All outlines, in the order of their files' names. A fault in one stops the start. */
export const lectures: readonly Lecture[] = readdirSync(promptFolder('lectures'))
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => {
    const { matter, text } = readMarked(promptText(`lectures/${name}`));
    return { ...matterSchema.parse(matter), text };
  });

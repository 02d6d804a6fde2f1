/** The library of topics: what a cadre can open, as data (`prompts/topics/*.json`, one file a field). */
import { z } from 'zod';
import { type Season, seasonSchema } from './season.ts';

/** How a topic's picture card looks. */
export const cardStyles = ['note', 'ticket', 'blackboard', 'polaroid', 'postcard', 'sky'] as const;
export type CardStyle = (typeof cardStyles)[number];

/** Whom a topic suits best. */
const suits = ['大家', '新生', '毕业班', '备考的', '找工作的', '住校的', '爱运动的', '爱拍照的'] as const;

const topicSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not lower-case words joined by hyphens'),
  title: z.string().trim().min(2).max(12),
  /** The opening line, said in the cadre's name. */
  text: z.string().trim().min(8).max(60),
  /** What the cadre can ask the day after. */
  followUp: z.string().trim().min(6).max(50),
  style: z.enum(cardStyles),
  suits: z.enum(suits),
  /** When the topic fits, by names of seasons; without any it always does. */
  seasons: z.array(z.string()).min(1).optional(),
});

const fieldSchema = z.strictObject({
  field: z.string().regex(/^[a-z]+$/),
  /** The field as people call it. */
  name: z.string().min(1),
  /** Words by which a demand is of this field. */
  keywords: z.array(z.string().trim().min(1)).min(1),
  topics: z.array(topicSchema).min(1),
});

/** A topic of the library, with its field (`fieldName` in Chinese). */
export interface LibraryTopic extends z.output<typeof topicSchema> {
  readonly field: string;
  readonly fieldName: string;
}

/** A field of life that topics and demands are about. */
export interface Field {
  readonly field: string;
  readonly name: string;
  readonly keywords: readonly string[];
}

export interface Library {
  readonly topics: readonly LibraryTopic[];
  readonly fields: readonly Field[];
  readonly seasons: readonly Season[];
}

/** The library, or every fault in it (English, for whoever keeps the files). */
export type LibraryReading =
  | { readonly kind: 'library'; readonly library: Library }
  | { readonly kind: 'fault'; readonly faults: readonly string[] };

/**
 * Checks the parsed content of the library's files, given by their names, and of its seasons. An id may stand only once
 * in all of them, and every season that a topic names must exist.
 */
export function readLibrary(files: ReadonlyMap<string, unknown>, seasonFile: unknown): LibraryReading {
  const faults: string[] = [];
  const note = (name: string, error: z.ZodError) => {
    for (const issue of error.issues) faults.push(`${name}: ${issue.path.join('.')}: ${issue.message}`);
  };
  const seasons = z.array(seasonSchema).min(1).safeParse(seasonFile);
  if (!seasons.success) note('seasons', seasons.error);
  const named = new Set((seasons.data ?? []).map(({ name }) => name));
  const topics: LibraryTopic[] = [];
  const fields: Field[] = [];
  const known = new Set<string>();
  for (const [file, content] of files) {
    const read = fieldSchema.safeParse(content);
    if (!read.success) {
      note(file, read.error);
      continue;
    }
    const { field, name, keywords } = read.data;
    fields.push({ field, name, keywords });
    for (const topic of read.data.topics) {
      if (known.has(topic.id)) faults.push(`${file}: ${topic.id} stands twice`);
      known.add(topic.id);
      for (const season of topic.seasons ?? [])
        if (!named.has(season)) faults.push(`${file}: ${topic.id} names an unknown season ${season}`);
      topics.push({ ...topic, field, fieldName: name });
    }
  }
  if (faults.length > 0 || !seasons.success) return { kind: 'fault', faults };
  return { kind: 'library', library: { topics, fields, seasons: seasons.data } };
}

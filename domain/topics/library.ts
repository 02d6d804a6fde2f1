/** The library of topics: what a cadre can open, as data (`prompts/topics/*.json`, one file a field). */
import { z } from 'zod';

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'not a month and day as 09-01');

const topicSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not lower-case words joined by hyphens'),
  title: z.string().trim().min(2).max(16),
  /** The opening line, said in the cadre's name. */
  text: z.string().trim().min(8).max(120),
  /** What the cadre can ask the day after. */
  followUp: z.string().trim().min(4).max(80),
  /** When the topic fits, by the calendar; without any it always does. Over the turn of the year too. */
  windows: z
    .array(z.strictObject({ name: z.string().min(2), from: monthDay, to: monthDay }))
    .min(1)
    .optional(),
});

const fieldSchema = z.strictObject({
  field: z.string().regex(/^[a-z]+$/),
  /** The field as people call it. */
  name: z.string().min(1),
  topics: z.array(topicSchema).min(1),
});

/** A topic of the library, with its field (`fieldName` in Chinese). */
export interface LibraryTopic extends z.output<typeof topicSchema> {
  readonly field: string;
  readonly fieldName: string;
}

/** The library, or every fault in it (English, for whoever keeps the files). */
export type LibraryReading =
  | { readonly kind: 'library'; readonly topics: readonly LibraryTopic[] }
  | { readonly kind: 'fault'; readonly faults: readonly string[] };

/** Checks the parsed content of the library's files, given by their names. An id may stand only once in all of them. */
export function readLibrary(files: ReadonlyMap<string, unknown>): LibraryReading {
  const topics: LibraryTopic[] = [];
  const faults: string[] = [];
  const known = new Set<string>();
  for (const [name, content] of files) {
    const read = fieldSchema.safeParse(content);
    if (!read.success) {
      for (const issue of read.error.issues)
        faults.push(`${name}: ${issue.path.join('.')}: ${issue.message}`);
      continue;
    }
    for (const topic of read.data.topics) {
      if (known.has(topic.id)) faults.push(`${name}: ${topic.id} stands twice`);
      known.add(topic.id);
      topics.push({ ...topic, field: read.data.field, fieldName: read.data.name });
    }
  }
  return faults.length > 0 ? { kind: 'fault', faults } : { kind: 'library', topics };
}

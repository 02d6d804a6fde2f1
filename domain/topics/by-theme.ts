/** Topics of the library that are about a theme: what the rules have in the place of a draft. */
import type { Library, LibraryTopic } from './library.ts';
import { similarity } from './similarity.ts';

const found = 3;

/** The three topics nearest to a theme by its words and its field, at best of any season; never none. */
export function topicsAbout(library: Library, theme: string): readonly LibraryTopic[] {
  const fields = new Set(
    library.fields
      .filter(({ name, keywords }) => [name, ...keywords].some((word) => theme.includes(word)))
      .map(({ field }) => field),
  );
  const near = (topic: LibraryTopic) =>
    similarity(theme, `${topic.title}${topic.text}`) +
    (fields.has(topic.field) ? 0.1 : 0) +
    ((topic.seasons ?? []).some((season) => theme.includes(season)) ? 0.5 : 0);
  return [...library.topics]
    .map((topic) => ({ topic, near: near(topic) }))
    .sort((a, b) => b.near - a.near || (a.topic.id < b.topic.id ? -1 : 1))
    .slice(0, found)
    .map(({ topic }) => topic);
}

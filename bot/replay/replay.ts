/** `lianqing replay`: the figures of an event file, counted in a fresh memory (design.md, The event file). */
import { figures, type GroupFigures } from '../../domain/presence/figures.ts';
import { type BadLine, type ReadOptions, readEventFile } from './read.ts';
import type { Source } from './source.ts';

/** What `--json` prints, just so. */
export interface ReplayResult {
  readonly groups: Readonly<Record<string, GroupFigures>>;
  readonly bad: readonly BadLine[];
}

/**
 * Counts an event file (`-` for standard input) by the counting rules. Throws {@link SourceError} when it cannot be
 * opened; bad lines are part of the result.
 */
export async function replay(source: Source, options: ReadOptions = {}): Promise<ReplayResult> {
  const { groups, bad } = await readEventFile(source, options);
  // Object.fromEntries, so that a group called `__proto__` is a group.
  return {
    groups: Object.fromEntries(
      Array.from(groups, ([id, { facts, messageDays }]) => [id, figures(facts, messageDays)]),
    ),
    bad,
  };
}

/** Which fields of life the results of a group's surveys are about: figures that stand for five people or more, and none else. */
import { type SurveyResults, smallestCell } from '../surveys/results.ts';
import type { Field } from './library.ts';

/** The option of a survey that most people chose of a field. */
export interface Chosen {
  readonly option: string;
  readonly people: number;
}

/** “不想…”, “没有…”: who chose it does not want it. */
const declined = /^(?:不|没|无|暂时没|从不|很少)/u;
const longestOption = 12;

/**
 * By field, what most people chose in the single and multiple choices of some surveys. A named survey is held to the
 * same number of people as an anonymous one.
 */
export function surveyFields(
  results: readonly SurveyResults[],
  fields: readonly Field[],
): ReadonlyMap<string, Chosen> {
  const found = new Map<string, Chosen>();
  const cells = results
    .flatMap(({ questions }) => questions)
    .filter(({ kind }) => kind === 'single' || kind === 'multiple')
    .flatMap((question) => question.cells);
  for (const { label, count = 0 } of cells) {
    const option = label.replace(/^[A-L] /u, '');
    if (count < smallestCell || declined.test(option) || [...option].length > longestOption) continue;
    for (const { field, name, keywords } of fields)
      if (
        [name, ...keywords].some((word) => option.includes(word)) &&
        count > (found.get(field)?.people ?? 0)
      )
        found.set(field, { option, people: count });
  }
  return found;
}

/** How often the search finds the right question among the first few. */
import { searchClauses } from '../../../domain/policy/search/search.ts';
import type { Paraphrase } from './test-set.ts';

/** The paraphrases whose right question is not among the first `count`, with what was found. */
export function missedBy(set: readonly Paraphrase[], count: number): readonly string[] {
  return set.flatMap(({ asked, right }) => {
    const found = searchClauses(asked, count).flatMap(({ clause, alike }) => [
      clause.id,
      ...alike.map((other) => other.clause.id),
    ]);
    return right.some((number) => found.includes(`gqt-qa/${number}`))
      ? []
      : [`${asked} → ${found.join(' ')}, not ${right.join('/')}`];
  });
}

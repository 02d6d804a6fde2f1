/** People's ids in a file, each kept once and known by a small number from then on. */
import type { PersonId } from '../presence/bindings.ts';

export class People {
  readonly #numbers = new Map<string, PersonId>();
  readonly #ids: string[] = [];

  /** The number of a person, given at first sight. */
  numberOf(id: string): PersonId {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#ids.length;
    this.#numbers.set(id, number);
    this.#ids.push(id);
    return number;
  }

  /** The number of a person who was seen before, or undefined. */
  find(id: string): PersonId | undefined {
    return this.#numbers.get(id);
  }

  /** The id that a number stands for, or undefined for a number that was never given. */
  idOf(number: PersonId): string | undefined {
    return this.#ids[number];
  }

  get size(): number {
    return this.#ids.length;
  }
}

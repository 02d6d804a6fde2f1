/** What a file says of somebody as a member of a group: the latest name, and whether they came in and stayed. */
import { isLater, type Moment } from './latest.ts';

export class Member {
  #name: string | undefined;
  #named: Moment | undefined;
  #here = false;
  #moved: Moment | undefined;

  /** Takes that somebody was there, or was not any more, at a moment, and under which name. */
  state(moment: Moment, name: string | undefined, here: boolean): void {
    if (name !== undefined && isLater(moment, this.#named)) {
      this.#name = name;
      this.#named = moment;
    }
    if (isLater(moment, this.#moved)) {
      this.#here = here;
      this.#moved = moment;
    }
  }

  get name(): string | undefined {
    return this.#name;
  }

  /** They are in the group, as far as the file tells. */
  get here(): boolean {
    return this.#here;
  }
}

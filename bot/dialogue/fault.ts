/**
 * A command that cannot be carried out for a reason the person can mend. It has two texts: `message` for the log (no
 * names, no texts) and `person` for the one who asked, which says what to do. Thrown before the first write, since
 * what a command wrote is committed together with the answer.
 */
export class CommandFault extends Error {
  override readonly name = 'CommandFault';
  readonly person: string;
  constructor(log: string, person: string) {
    super(log);
    this.person = person;
  }
}

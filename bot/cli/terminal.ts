/** The terminal's side of the program: settings, sentences for the person, exit codes. */
import { codeOf, sentence } from '../sentence.ts';
import { readSettings, type Settings, SettingsError } from '../settings.ts';

/** Prints a line on standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line on standard error, so that standard output stays what the command was asked for. */
export function remark(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The settings out of the environment and `.env`. Throws SettingsError. */
export function settings(): Settings {
  try {
    process.loadEnvFile();
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new SettingsError('.env 文件读不出来，请检查它的权限和内容。');
  }
  return readSettings(process.env);
}

/** A fault of the person's input: the sentence is all there is to say. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly forPerson: string;
  constructor(forPerson: string) {
    super(forPerson);
    this.forPerson = forPerson;
  }
}

/** Runs a command; a fault becomes one clear sentence and exit code 1, never a stack trace (kept for LOG_LEVEL=debug). */
export async function politely(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    fail(fault);
  }
}

/** Ends the process over a fault, with its sentence for the person. */
export function fail(fault: unknown): never {
  // Whoever reads our output (`… | head`) has had enough of it.
  if (codeOf(fault) === 'EPIPE') process.exit(0);
  remark(sentence(fault));
  if (process.env.LOG_LEVEL === 'debug' && fault instanceof Error) remark(fault.stack ?? fault.message);
  // What is half open must not keep the process.
  process.exit(1);
}

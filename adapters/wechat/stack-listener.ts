/** What the WeChat stack tells, whichever puppet it is. */
import type { Heard, Member, Trouble } from './protocol.ts';

/** Told what happens on the platform. */
export interface StackListener {
  scan(link: string, scanned: boolean): void;
  login(self: Member, login: string, renewed: boolean): void;
  trouble(trouble: Trouble, code?: string): void;
  alive(at: number): void;
  heard(heard: Heard): void;
  /** For the log; nothing of what people wrote. */
  log(message: string): void;
  /** The login is over for good: only a new process can log in again. */
  ended(): void;
}

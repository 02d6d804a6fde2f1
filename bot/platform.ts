/**
 * The platforms of one program, each on its own: one that cannot start is tried again, and the others work meanwhile.
 * Only where none can, the program ends.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Adapter, Notice } from '../adapters/adapter.ts';
import type { Bot } from './bot.ts';
import { sentence } from './sentence.ts';

/** Before another attempt, in milliseconds: the first pause, doubled up to the longest. */
const firstPause = 5_000;
const longestPause = 300_000;

export interface Platform {
  /** As people call it. */
  readonly name: string;
  /** Makes the adapter, anew for each attempt: one that was stopped starts no more. */
  open(): Promise<Adapter>;
  /** What the person at the terminal is told once it works. */
  greeting(): readonly string[];
  /** Tells the operator wherever they are, but not over this platform. */
  tell(notice: Notice): void;
}

export interface Starting {
  /** Starts the bot; where that fails the adapter has stopped. */
  start(adapter: Adapter): Promise<Bot>;
  started(platform: Platform, bot: Bot): void;
  /** It could not be started, and is tried again. */
  failed(platform: Platform, fault: unknown): void;
  /** The program is asked to end: nothing more is tried. */
  readonly signal: AbortSignal;
}

/** No platform can start. `forPerson` says of each why. */
class NothingStarts extends Error {
  override readonly name = 'NothingStarts';
  readonly forPerson: string;
  constructor(faults: ReadonlyMap<Platform, unknown>) {
    super('none of the platforms can start', { cause: [...faults.values()][0] });
    this.forPerson = [...faults].map(([platform, fault]) => whyNot(platform, fault)).join('\n');
  }
}

/** Why a platform has not started, as a sentence. */
export function whyNot({ name }: Platform, fault: unknown): string {
  return `${name}没有启动：${sentence(fault)}`;
}

/** Resolves when all of them work, or the end is asked for. Throws where none works and none is still on its first try. */
export async function startPlatforms(platforms: readonly Platform[], starting: Starting): Promise<void> {
  const { signal, started, failed } = starting;
  const faults = new Map<Platform, unknown>();
  await Promise.all(
    platforms.map(async (platform) => {
      for (let pause = firstPause; !signal.aborted; pause = Math.min(2 * pause, longestPause)) {
        try {
          const bot = await attempt(platform, starting);
          faults.delete(platform);
          started(platform, bot);
          return;
        } catch (fault) {
          if (signal.aborted) return;
          faults.set(platform, fault);
          if (platforms.length === 1) throw fault;
          if (faults.size === platforms.length) throw new NothingStarts(faults);
          failed(platform, fault);
        }
        await wait(pause, undefined, { signal }).catch(() => undefined);
      }
    }),
  );
}

async function attempt(platform: Platform, { start, signal }: Starting): Promise<Bot> {
  const adapter = await platform.open();
  // A start may last until the platform can be reached.
  const giveUp = () => void adapter.stopHearing().catch(() => undefined);
  signal.addEventListener('abort', giveUp);
  try {
    return await start(adapter);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

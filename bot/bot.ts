/** One chat account at work: what it hears goes in, what is due is done, what is to be said goes out. */
import { randomBytes } from 'node:crypto';
import type { Adapter, ChatEvent } from '../adapters/adapter.ts';
import { noHolidays, type WorkCalendar } from '../domain/calendar/workdays.ts';
import { defaultHelpLines } from '../domain/listening/danger.ts';
import { type ListeningLimits, usualLimits } from '../domain/listening/limits.ts';
import type { Database } from '../prisma/database.ts';
import { ensureAccount } from '../prisma/store/accounts.ts';
import type { Clock } from './clock.ts';
import { BindingWatch } from './intake/binding-watch.ts';
import { Intake } from './intake/intake.ts';
import { Marks } from './intake/marks.ts';
import { pictureOf } from './intake/picture.ts';
import { apologiseFor, reactTo } from './intake/react.ts';
import { refreshRoster } from './intake/roster.ts';
import { Worker } from './intake/worker.ts';
import { activityReminders } from './jobs/activity-reminders.ts';
import { demands } from './jobs/demands.ts';
import { helps } from './jobs/helps.ts';
import { housekeeping } from './jobs/housekeeping.ts';
import { inquiries } from './jobs/inquiries.ts';
import type { Job } from './jobs/job.ts';
import { keptCards } from './jobs/kept-cards.ts';
import { dropQuestions } from './jobs/questions.ts';
import { reminders } from './jobs/reminders.ts';
import { rosters } from './jobs/rosters.ts';
import { JobRunner } from './jobs/runner.ts';
import { slips } from './jobs/slips.ts';
import { surveys } from './jobs/surveys.ts';
import { closeTopics, openTopics } from './jobs/topics.ts';
import { wishes } from './jobs/wishes.ts';
import { hold } from './lease.ts';
import type { Log } from './log.ts';
import { Assistant } from './model/assistant.ts';
import { type Asks, noModel } from './model/tasks.ts';
import { Sender } from './outbox/sender.ts';
import type { Photos } from './photos/photos.ts';
import type { Secret } from './secret.ts';

export interface BotParts {
  readonly database: Database;
  readonly adapter: Adapter;
  readonly clock: Clock;
  readonly secret: Secret;
  readonly log: Log;
  /** Where pictures are kept; without it none are taken. */
  readonly photos?: Photos | undefined;
  /** Which days are worked and quiet; without it no holiday is known. */
  readonly calendar?: WorkCalendar | undefined;
  /** Whom somebody in danger can call; the national lines where none are given. */
  readonly helpLines?: string | undefined;
  /** What a youth may ask for at a time; the usual where nothing is set. */
  readonly limits?: ListeningLimits | undefined;
  /** How many messages that nobody asked for a person gets in a week. */
  readonly remindersPerWeek?: number | undefined;
  /** The language model, where one is configured. */
  readonly model?: Asks | undefined;
  /** Called when an event is done: it may have left something to be said over another account of this program's. */
  readonly said?: (() => void) | undefined;
  /** What is done when it is due; the usual jobs where none are given. */
  readonly jobs?: readonly Job[] | undefined;
}

export interface Bot {
  readonly accountId: number;
  /** Looks at the clock now, as it does every minute. */
  tick(): Promise<void>;
  /** Something may be due to be said. Cheap to call often. */
  wake(): void;
  /** Settles when everything heard is done and everything due is said. */
  idle(): Promise<void>;
  /** Stops hearing, finishes what was heard, says what is due, gives the account back. */
  stop(): Promise<void>;
}

/**
 * Starts the bot on one account; waits for the account's lease first, and tells so by `waiting`. `lost`: another
 * process took the account over. Throws an AbortError when `signal` ends the waiting, and what the adapter throws: then
 * all of it, the adapter too, has stopped.
 */
export async function startBot(
  parts: BotParts,
  {
    waiting = () => {},
    lost = () => {},
    signal = new AbortController().signal,
  }: { waiting?: () => void; lost?: () => void; signal?: AbortSignal } = {},
): Promise<Bot> {
  const { database, adapter, clock, log } = parts;
  const accountId = await ensureAccount(database.db, adapter.platform, adapter.account);
  const held = await hold(database, accountId, log, { waiting, lost }, signal);

  const limits = parts.limits ?? usualLimits;
  const surroundings = {
    accountId,
    now: () => clock.now(),
    secret: parts.secret,
    random: (bytes: number) => randomBytes(bytes),
    abilities: { ...adapter.abilities, model: parts.model !== undefined },
    helpLines: parts.helpLines ?? defaultHelpLines,
    limits,
    remindersPerWeek: parts.remindersPerWeek,
    calendar: parts.calendar ?? noHolidays,
    erased: () => {
      hasErased = true;
    },
  };
  // Told inside the transaction; acted upon when it is over.
  let hasErased = false;
  const { photos } = parts;
  const sender = new Sender({
    database,
    accountId,
    adapter,
    clock,
    log,
    secret: parts.secret,
    photos,
    perWeek: parts.remindersPerWeek,
  });
  // Before the platform can be used it would refuse what is said, and that would be the end of it.
  let canSpeak = false;
  const wake = () => {
    if (canSpeak) sender.wake();
  };
  // Without a model too: it answers by rules what was asked while there was one.
  const model = parts.model ?? noModel;
  const assistant = new Assistant({ database, accountId, model, clock, log, said: () => wake() });
  const after = async (event: ChatEvent) => {
    if (hasErased) {
      hasErased = false;
      intake.presence.forget();
    }
    wake();
    parts.said?.();
    assistant.wake();
    if (event.type === 'bot-added') roster(event.chat.id);
    void marks.look();
    await intake.done(event).catch((fault) => log.error({ err: fault }, 'bindings could not be read'));
  };
  const marks = new Marks({ database, accountId, adapter, log });
  const worker = new Worker({
    database,
    accountId,
    prepare: (event) => pictureOf(event, { database, accountId, adapter, photos, now: clock.now() }),
    handle: reactTo(surroundings),
    apologise: apologiseFor(surroundings),
    secret: parts.secret,
    clock,
    log,
    after,
  });
  const intake = new Intake({
    database,
    accountId,
    now: () => clock.now(),
    secret: parts.secret,
    heardSomething: () => worker.wake(),
    recognised: ({ groups, people, unmatched }) => {
      log.info({ groups, people, unmatched: unmatched.length }, 'groups and people were known again');
      wake();
    },
  });
  const jobs = new JobRunner({
    database,
    jobs: parts.jobs ?? [
      reminders(parts.calendar ?? noHolidays, parts.remindersPerWeek),
      activityReminders(parts.remindersPerWeek),
      openTopics,
      closeTopics,
      demands,
      slips(parts.secret),
      wishes(limits.wishDays),
      helps,
      keptCards,
      inquiries,
      surveys,
      dropQuestions,
      housekeeping(accountId, () => intake.presence.forget(), photos),
      rosters(adapter, accountId, log),
    ],
    clock,
    log,
    afterTick: () => {
      wake();
      bindings.look().catch((fault) => log.error({ err: fault }, 'new bindings could not be looked for'));
    },
  });
  const bindings = new BindingWatch(database, accountId, () => intake.presence.forget());
  const roster = (chatId: string) =>
    refreshRoster(database, accountId, adapter, chatId, clock.now()).catch((fault) =>
      log.warn({ err: fault }, 'the members of a group could not be read'),
    );

  const stop = async () => {
    await jobs.stop();
    intake.stopWaiting();
    await adapter.stopHearing();
    await intake.drained();
    await worker.stop();
    await assistant.stop();
    await sender.stop();
    await adapter.stop();
    await held.release();
  };

  try {
    await bindings.look();
    await sender.recover();
    worker.wake();
    // A binding left undone decides what is counted of all that is heard now.
    await worker.idle();
    await intake.start();
    await adapter.start(intake.accept);
    canSpeak = true;
    wake();
    await jobs.start();
    assistant.wake();
  } catch (fault) {
    canSpeak = false;
    await stop().catch((other) => {
      log.error({ err: other }, 'what could not start could not end either');
      return held.release();
    });
    throw fault;
  }

  const idle = async () => {
    await intake.drained();
    await worker.idle();
    await assistant.idle();
    await sender.idle();
    await marks.look();
  };
  return {
    accountId,
    tick: () => jobs.tick(),
    wake,
    idle,
    stop,
  };
}

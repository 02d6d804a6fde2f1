/**
 * The optional language model behind any compatible endpoint. It is asked for proposals only; what it answers is checked,
 * retried once with the fault named, and otherwise the rules answer. Calls are logged without content.
 */
import OpenAI from 'openai';
import { z } from 'zod';
import { dayOf } from '../../domain/calendar/day.ts';
import { redact } from '../../domain/redaction/redact.ts';
import type { Database } from '../../prisma/database.ts';
import { reserveTokens, settleTokens } from '../../prisma/store/model.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ModelSettings } from '../settings.ts';
import { checkAnswer } from './answer.ts';
import { type AnswerTo, type Prompt, type Purpose, promptOf } from './prompts.ts';

/** Why there is no answer. */
export type Failure =
  | 'none'
  | 'budget'
  | 'resting'
  | 'timeout'
  | 'refused'
  | 'unreachable'
  | 'invalid'
  | 'too-long';

export type Asked<P extends Purpose> =
  | { readonly kind: 'answer'; readonly value: AnswerTo<P>; readonly tokens: number }
  | {
      readonly kind: 'failure';
      readonly why: Failure;
      /** For whoever sets the endpoint up: what it said, without anything that was asked. Not for a log. */
      readonly detail?: string;
      readonly tokens: number;
    };

/** After so many failures in a row the endpoint is left alone for a while. */
const failuresAllowed = 3;
const restMs = 5 * 60_000;

/** How an endpoint is told the shape of the answer; it is asked for less where it does not know more. */
const modes = ['schema', 'object', 'plain'] as const;

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;

/** One try: a text, or what went wrong (`again` tells whether a second try may help), and the tokens it took. */
type Tried = { readonly tokens: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fault'; readonly why: Failure; readonly again: boolean; readonly detail?: string }
);

interface Call {
  readonly spent: { tokens: number };
  readonly stop: AbortSignal | undefined;
}

/** As much of a completion as is used; whatever an endpoint puts in the place of a text or a number is none. */
const completionSchema = z.object({
  choices: z.array(
    z.object({ message: z.object({ content: z.string().nullish().catch(undefined) }).optional() }),
  ),
  usage: z
    .object({ total_tokens: z.int().positive().max(1_000_000) })
    .optional()
    .catch(undefined),
});

export class Model {
  readonly #settings: ModelSettings;
  readonly #client: OpenAI;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  #mode = 0;
  #limit: 'max_tokens' | 'max_completion_tokens' = 'max_tokens';
  #failures = 0;
  #restsUntil = 0;

  constructor(settings: ModelSettings, parts: { database: Database; clock: Clock; log: Log }) {
    this.#settings = settings;
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#log = parts.log;
    // Whatever the environment holds besides (organisation, proxies' logs) stays out of it.
    this.#client = new OpenAI({
      apiKey: settings.apiKey,
      baseURL: settings.baseUrl ?? 'https://api.openai.com/v1',
      timeout: settings.timeoutMs,
      maxRetries: 0,
      organization: null,
      project: null,
      logLevel: 'off',
    });
  }

  /**
   * Asks for an answer to data. Every text in it is redacted first: `names` are those of people who may stand in it. Data
   * goes as JSON in the user's message, never into the instructions. `stop` ends it at once, unanswered.
   */
  async ask<P extends Purpose>(
    purpose: P,
    data: Readonly<Record<string, unknown>>,
    names: readonly string[],
    stop?: AbortSignal,
  ): Promise<Asked<P>> {
    const prompt = promptOf(purpose);
    const content = JSON.stringify(redacted(data, names));
    const began = this.#clock.now();
    const spent = { tokens: 0 };
    const asked =
      content.length > prompt.maxInput
        ? { kind: 'failure' as const, why: 'too-long' as const }
        : await this.#twice(prompt, content, { spent, stop });
    const { price } = this.#settings;
    this.#log.info(
      {
        purpose,
        outcome: asked.kind === 'answer' ? 'answer' : asked.why,
        tokens: spent.tokens,
        ...(price !== undefined && { cost: (spent.tokens * price) / 1_000_000 }),
        ms: this.#clock.now() - began,
      },
      'the model was asked',
    );
    return { ...asked, tokens: spent.tokens };
  }

  async #twice<P extends Purpose>(
    prompt: Prompt<P>,
    content: string,
    call: Call,
  ): Promise<
    | { readonly kind: 'answer'; readonly value: AnswerTo<P> }
    | { readonly kind: 'failure'; readonly why: Failure; readonly detail?: string }
  > {
    if (this.#clock.now() < this.#restsUntil) return { kind: 'failure', why: 'resting' };
    const messages: Message[] = [
      { role: 'system', content: prompt.system },
      { role: 'user', content },
    ];
    let failure: { readonly why: Failure; readonly detail?: string } = { why: 'invalid' };
    for (let attempt = 0; attempt < 2 && call.stop?.aborted !== true; attempt++) {
      const reserved = estimate(messages) + prompt.maxOutput;
      const day = dayOf(this.#clock.now());
      const { dailyTokens } = this.#settings;
      if (!(await reserveTokens(this.#database.db, day, reserved, dailyTokens)))
        return { kind: 'failure', why: 'budget' };
      const tried = await this.#try(prompt, messages, call.stop);
      // Nobody knows what an endpoint that did not answer in time has used.
      const used =
        tried.kind === 'fault' && tried.why === 'timeout' ? reserved : Math.min(tried.tokens, dailyTokens);
      await settleTokens(this.#database.db, day, { reserved, used });
      call.spent.tokens += used;
      if (tried.kind === 'fault') {
        failure = tried;
        if (!tried.again) break;
        continue;
      }
      this.#failures = 0;
      const checked = checkAnswer(tried.text, prompt.shape);
      if (checked.kind === 'answer') return { kind: 'answer', value: checked.value };
      failure = { why: 'invalid', detail: checked.fault };
      messages.push({
        role: 'user',
        content: `上次的回答不合要求（${checked.fault}）。只输出要求的那个 JSON 对象。`,
      });
    }
    // A wrong answer is no reason to leave the endpoint alone; a dead one is. Our own end is neither.
    const isDead = failure.why !== 'invalid' && call.stop?.aborted !== true;
    if (isDead && ++this.#failures >= failuresAllowed) {
      this.#failures = 0;
      this.#restsUntil = this.#clock.now() + restMs;
    }
    const { why, detail } = failure;
    return { kind: 'failure', why, ...(detail === undefined ? {} : { detail }) };
  }

  /** Asks once, in the best way that the endpoint knows; a way is given up for good only when a lesser one works. */
  async #try(prompt: Prompt, messages: readonly Message[], stop: AbortSignal | undefined): Promise<Tried> {
    const timeout = this.#settings.timeoutMs * prompt.patience;
    let mode = this.#mode;
    let limit = this.#limit;
    for (;;) {
      try {
        const signals = [AbortSignal.timeout(timeout), ...(stop ? [stop] : [])];
        const completion: unknown = await this.#client.chat.completions.create(
          {
            model: this.#settings.model,
            messages: [...messages],
            [limit]: prompt.maxOutput,
            ...formatOf(modes[mode] ?? 'plain', prompt),
          },
          { signal: AbortSignal.any(signals), timeout },
        );
        const read = completionSchema.safeParse(completion);
        // A page of a login or of a proxy, as a wrong address gives it.
        if (!read.success)
          return { kind: 'fault', why: 'unreachable', again: false, tokens: 0, detail: 'no chat completion' };
        this.#mode = Math.max(this.#mode, mode);
        this.#limit = limit;
        const text = read.data.choices[0]?.message?.content ?? '';
        const tokens = read.data.usage?.total_tokens ?? estimate(messages) + text.length;
        return { kind: 'text', text, tokens };
      } catch (fault) {
        // Newer models of OpenAI call the bound by another name.
        if (isRefusal(fault) && limit === 'max_tokens' && fault.message.includes('max_completion_tokens')) {
          limit = 'max_completion_tokens';
          continue;
        }
        // An endpoint that knows no structured output says so by refusing the request.
        if (isRefusal(fault) && mode < modes.length - 1) {
          mode++;
          continue;
        }
        return failureOf(fault);
      }
    }
  }
}

/** Every text in the data, redacted. */
function redacted(value: unknown, names: readonly string[]): unknown {
  if (typeof value === 'string') return redact(value, names);
  if (Array.isArray(value)) return value.map((one) => redacted(one, names));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redacted(one, names)]));
  return value;
}

/** At least as many tokens as a text has, for Chinese: one a character. */
function estimate(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + (typeof content === 'string' ? content.length : 0), 0);
}

function formatOf(mode: (typeof modes)[number], prompt: Prompt) {
  if (mode === 'plain') return {};
  if (mode === 'object') return { response_format: { type: 'json_object' as const } };
  const schema = z.toJSONSchema(prompt.shape) as Record<string, unknown>;
  return { response_format: { type: 'json_schema' as const, json_schema: { name: 'answer', schema } } };
}

function isRefusal(fault: unknown): fault is InstanceType<typeof OpenAI.APIError> {
  return fault instanceof OpenAI.APIError && (fault.status === 400 || fault.status === 422);
}

const longestDetail = 200;

function failureOf(fault: unknown): Tried {
  const detail = fault instanceof Error ? fault.message.replace(/\s+/gu, ' ').slice(0, longestDetail) : '';
  const failure = (why: Failure, again: boolean): Tried => ({ kind: 'fault', why, again, detail, tokens: 0 });
  if (fault instanceof OpenAI.APIConnectionTimeoutError || fault instanceof OpenAI.APIUserAbortError)
    return failure('timeout', true);
  // The time was over in the middle of an answer.
  if (fault instanceof Error && (fault.name === 'TimeoutError' || fault.name === 'AbortError'))
    return failure('timeout', true);
  if (fault instanceof OpenAI.APIError && fault.status !== undefined) {
    const again = fault.status === 429 || fault.status >= 500;
    return failure(again ? 'unreachable' : 'refused', again);
  }
  return failure('unreachable', true);
}

/**
 * The optional language model behind any compatible endpoint. It is asked for proposals only; what it answers is checked,
 * retried once with the fault named, and otherwise the rules answer. Calls are logged without content.
 */
import OpenAI from 'openai';
import { z } from 'zod';
import { dayOf } from '../../domain/calendar/day.ts';
import { redact } from '../../domain/redaction/redact.ts';
import type { Database } from '../../prisma/database.ts';
import { tokensUsed, useTokens } from '../../prisma/store/model.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ModelSettings } from '../settings.ts';
import { checkAnswer } from './answer.ts';
import { type AnswerTo, type Prompt, type Purpose, promptOf } from './prompts.ts';

/** Why there is no answer. */
export type Failure = 'budget' | 'resting' | 'timeout' | 'refused' | 'unreachable' | 'invalid' | 'too-long';

export type Asked<P extends Purpose> =
  | { readonly kind: 'answer'; readonly value: AnswerTo<P>; readonly tokens: number }
  | { readonly kind: 'failure'; readonly why: Failure; readonly tokens: number };

/** After so many failures in a row the endpoint is left alone for a while. */
const failuresAllowed = 3;
const restMs = 5 * 60_000;

/** How an endpoint is told the shape of the answer; it is asked for less where it does not know more. */
const modes = ['schema', 'object', 'plain'] as const;

type Message = OpenAI.Chat.Completions.ChatCompletionMessageParam;

/** One try: a text, or what went wrong (`again` tells whether a second try may help). */
type Tried =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fault'; readonly why: Failure; readonly again: boolean };

export class Model {
  readonly #settings: ModelSettings;
  readonly #client: OpenAI;
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  #mode = 0;
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
   * goes as JSON in the user's message, never into the instructions.
   */
  async ask<P extends Purpose>(
    purpose: P,
    data: Readonly<Record<string, unknown>>,
    names: readonly string[],
  ): Promise<Asked<P>> {
    const prompt = promptOf(purpose);
    const content = JSON.stringify(redacted(data, names));
    const began = this.#clock.now();
    const spent = { tokens: 0 };
    const asked =
      content.length > prompt.maxInput
        ? { kind: 'failure' as const, why: 'too-long' as const }
        : await this.#twice(prompt, content, spent);
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
    spent: { tokens: number },
  ): Promise<
    | { readonly kind: 'answer'; readonly value: AnswerTo<P> }
    | { readonly kind: 'failure'; readonly why: Failure }
  > {
    if (this.#clock.now() < this.#restsUntil) return { kind: 'failure', why: 'resting' };
    const messages: Message[] = [
      { role: 'system', content: prompt.system },
      { role: 'user', content },
    ];
    let why: Failure = 'invalid';
    for (let attempt = 0; attempt < 2; attempt++) {
      const most = estimate(messages) + prompt.maxOutput;
      const used = await tokensUsed(this.#database.db, dayOf(this.#clock.now()));
      if (used + most > this.#settings.dailyTokens) return { kind: 'failure', why: 'budget' };
      const tried = await this.#try(prompt, messages, spent);
      if (tried.kind === 'fault') {
        why = tried.why;
        if (!tried.again) break;
        continue;
      }
      const checked = checkAnswer(tried.text, prompt.shape);
      if (checked.kind === 'answer') {
        this.#failures = 0;
        return { kind: 'answer', value: checked.value };
      }
      why = 'invalid';
      messages.push({
        role: 'user',
        content: `上次的回答不合要求（${checked.fault}）。只输出要求的那个 JSON 对象。`,
      });
    }
    // A wrong answer is no reason to leave the endpoint alone; a dead one is.
    if (why !== 'invalid' && ++this.#failures >= failuresAllowed) {
      this.#failures = 0;
      this.#restsUntil = this.#clock.now() + restMs;
    }
    return { kind: 'failure', why };
  }

  async #try(prompt: Prompt, messages: readonly Message[], spent: { tokens: number }): Promise<Tried> {
    for (;;) {
      const mode = modes[this.#mode] ?? 'plain';
      try {
        const completion = await this.#client.chat.completions.create(
          {
            model: this.#settings.model,
            messages: [...messages],
            max_tokens: prompt.maxOutput,
            ...formatOf(mode, prompt),
          },
          { signal: AbortSignal.timeout(this.#settings.timeoutMs) },
        );
        const text = completion.choices?.[0]?.message?.content ?? '';
        await this.#count(spent, completion.usage?.total_tokens ?? estimate(messages) + text.length);
        return { kind: 'text', text };
      } catch (fault) {
        // An endpoint that knows no structured output says so by refusing the request.
        if (isRefusal(fault) && mode !== 'plain') {
          this.#mode++;
          continue;
        }
        return failureOf(fault);
      }
    }
  }

  async #count(spent: { tokens: number }, tokens: number): Promise<void> {
    const counted = Number.isSafeInteger(tokens) && tokens > 0 ? tokens : 0;
    spent.tokens += counted;
    await useTokens(this.#database.db, dayOf(this.#clock.now()), counted);
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

function isRefusal(fault: unknown): boolean {
  return fault instanceof OpenAI.APIError && (fault.status === 400 || fault.status === 422);
}

function failureOf(fault: unknown): Tried {
  if (fault instanceof OpenAI.APIConnectionTimeoutError || fault instanceof OpenAI.APIUserAbortError)
    return { kind: 'fault', why: 'timeout', again: true };
  if (fault instanceof OpenAI.APIError && fault.status !== undefined) {
    const again = fault.status === 429 || fault.status >= 500;
    return { kind: 'fault', why: again ? 'unreachable' : 'refused', again };
  }
  return { kind: 'fault', why: 'unreachable', again: true };
}

/** What the model may be asked: each purpose with its prompt (prompts/model), the shape of its answer, and its bounds. */
import { z } from 'zod';
import { otherField } from '../../domain/listening/classify.ts';
import { demandKinds, usualFields } from '../../domain/listening/demand.ts';
import { reportParts } from '../../domain/reports/report.ts';
import { readMarked } from '../front-matter.ts';
import { promptJson, promptText } from '../prompts.ts';

/** Addresses also without their scheme (chats make links of them), numbers also in pieces, our own tags and commands. */
const leadsElsewhere =
  /:\/\/|www\.|[a-z0-9-]\.[a-z]{2,}(?![a-z])|@|\d(?:[\s.-]?\d){5,}|微信|加我|加[vV]|vx|qq\s*[:群]|#\s*话题|^\s*\//iu;

/** A text that a person may be shown: no link, no mention, no number to call, nothing that could be an account. */
function shown(least: number, most: number) {
  return z
    .string()
    .trim()
    .min(least)
    .max(most)
    .refine((text) => !leadsElsewhere.test(text.normalize('NFKC')), 'a link, a mention, a tag or an account')
    .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text.replaceAll('\n', '')), 'invisible characters');
}

const shapes = {
  'topic-drafts': z.object({
    topics: z.array(z.object({ title: shown(2, 12), text: shown(8, 60), followUp: shown(6, 50) })).length(3),
  }),
  'demand-kind': z.object({
    kind: z.enum(demandKinds),
    field: z.enum([...usualFields, otherField]),
  }),
  'problem-summary': z.object({ summary: shown(10, 400) }),
  'report-draft': z.object({
    sentences: z
      .array(
        z.object({
          part: z.enum(reportParts),
          text: shown(4, 200),
          // A sentence without one is an answer, and is struck (domain/reports/check.ts).
          records: z.array(z.number()).max(20).default([]),
        }),
      )
      .min(1)
      .max(60),
  }),
  understand: z.object({ command: z.string().trim().max(200) }),
} as const;

export type Purpose = keyof typeof shapes;
export type AnswerTo<P extends Purpose> = z.output<(typeof shapes)[P]>;

/** Everything that the model can be asked. It judges nobody's opinions or mood: there is no such purpose. */
export const purposes = Object.keys(shapes) as readonly Purpose[];

const matterSchema = z.strictObject({
  purpose: z.string(),
  /** In characters of the data. */
  maxInput: z.coerce.number().int().positive(),
  /** In tokens of the answer. */
  maxOutput: z.coerce.number().int().positive(),
  /** How many times the usual time-out a long answer may take. */
  patience: z.coerce.number().int().min(1).max(6).default(1),
});

export interface Prompt<P extends Purpose = Purpose> {
  readonly purpose: P;
  readonly system: string;
  readonly shape: z.ZodType<AnswerTo<P>>;
  readonly maxInput: number;
  readonly maxOutput: number;
  readonly patience: number;
}

/** The prompt of a purpose. Throws where its file has a fault. */
export function promptOf<P extends Purpose>(purpose: P): Prompt<P> {
  const { matter, text } = readMarked(promptText(`model/${purpose}.md`));
  const { maxInput, maxOutput, patience, purpose: named } = matterSchema.parse(matter);
  if (named !== purpose) throw new Error(`model/${purpose}.md is the prompt of ${named}`);
  return { purpose, system: text, shape: shapes[purpose] as never, maxInput, maxOutput, patience };
}

const evaluationSchema = z
  .array(
    z.strictObject({
      data: z.record(z.string(), z.unknown()),
      /** What the answer must have, by path. */
      expect: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  )
  .min(2);

/** A purpose's evaluation set: what is asked, and what the answer must have. */
export function evaluationOf(purpose: Purpose): z.output<typeof evaluationSchema> {
  return evaluationSchema.parse(promptJson(`model/${purpose}.eval.json`));
}

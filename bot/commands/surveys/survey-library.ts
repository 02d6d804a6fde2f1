/** The templates of surveys, read once from prompts/surveys. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { SurveyForm } from '../../../domain/surveys/form.ts';
import { readForm } from '../../../domain/surveys/read-form.ts';

export interface SurveyTemplate {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly form: SurveyForm;
}

const templates = z.array(
  z.object({ id: z.string(), name: z.string(), about: z.string(), text: z.string() }),
);

/** 评价团干部: an administrator's to open, not the cadre's. */
export const evaluationId = 'evaluation';

/** All templates. A fault in one stops the start, and is named. */
export const surveyTemplates: readonly SurveyTemplate[] = load();

function load(): readonly SurveyTemplate[] {
  const root = dirname(createRequire(import.meta.url).resolve('#root/package.json'));
  const file = join(root, 'prompts', 'surveys', 'templates.json');
  return templates.parse(JSON.parse(readFileSync(file, 'utf8'))).map(({ text, ...template }) => {
    const reading = readForm(text);
    if (reading.kind === 'fault') throw new Error(`the survey template ${template.id}: ${reading.say}`);
    return { ...template, form: reading.form };
  });
}

/** What is asked of youths about their cadre: one mark. */
export function evaluationForm(): SurveyForm {
  const template = surveyTemplates.find(({ id }) => id === evaluationId);
  if (!template) throw new Error('no template of 评价团干部');
  return template.form;
}

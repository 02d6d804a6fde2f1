import { readFileSync } from 'node:fs';

/** Ids of things; every other id in the schema is a person's. */
const things =
  /^(?:account|activity|administrator|cadre|deed|demand|group|help|operator|parent|piece|survey|topic|unit)Id$/;

/** Every column of the schema that holds a person's id. */
export function peopleColumns(): readonly (readonly [model: string, field: string])[] {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  return [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].flatMap(([, model = '', body = '']) =>
    [...body.matchAll(/^ {2}(\w+Id)\s+Int/gm)]
      .map(([, field = '']) => [model, field] as const)
      .filter(([, field]) => !things.test(field)),
  );
}

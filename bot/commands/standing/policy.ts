/** 制度: finds the clause or the question of the 73 that answers, and quotes it with its source. No model. */
import { z } from 'zod';
import { raisedLine } from '../../../domain/policy/adjust.ts';
import { clauseOf, documents, sourceOf } from '../../../domain/policy/documents/documents.ts';
import type { Requirement } from '../../../domain/policy/policy.ts';
import { schemeRows } from '../../../domain/policy/scheme.ts';
import { type Found, searchClauses } from '../../../domain/policy/search/search.ts';
import { cadreOfPerson } from '../../../prisma/store/cadres.ts';
import { policyOfCadre } from '../../../prisma/store/policies.ts';
import { text } from '../../dialogue/arguments.ts';
import { action, type Context, defineCommand } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { lengthOf, plain } from '../../dialogue/plain.ts';
import { card, quietly, reply } from '../../dialogue/say.ts';

const longestAsked = 60;
/** A question that is longer goes into no button. */
const longestTitle = 14;

export const policy = defineCommand({
  name: '制度',
  aliases: ['政策', '查制度', '问答'],
  summary: '查制度原文：条款和团中央 73 问',
  actions: [
    action({
      name: '原文',
      aliases: ['全文'],
      summary: '看一条的全文',
      examples: ['/制度 原文 gqt-qa/53'],
      who: 'anyone',
      where: 'both',
      about: 'person',
      arguments: z
        .string()
        .max(50)
        .transform((id) => ({ id: id.normalize('NFKC').trim() }))
        .refine(({ id }) => id !== '', '请写要看的那一条，或者直接发 /制度 加上想问的话'),
      confirm: false,
      run: async (context, { id }) => {
        const found = clauseOf(id);
        if (!found)
          throw new CommandFault(
            'no such clause',
            '没有这一条。请发 /制度 加上想问的话，例如 /制度 转岗怎么交接。',
          );
        const { document, clause } = found;
        return [
          quietly(
            context,
            card(
              clause.title || clause.article,
              [clause.text, `出处：${sourceOf(document, clause)}`, ...(await raisedFor(context, [id]))].join(
                '\n\n',
              ),
            ),
          ),
        ];
      },
    }),
    action({
      name: '',
      summary: '用自己的话问，我找出最接近的三条原文',
      examples: ['/制度 转岗怎么交接', '/制度 可以联系公务员吗'],
      who: 'anyone',
      where: 'both',
      about: 'person',
      arguments: text('想查什么？例如 /制度 转岗怎么交接', longestAsked),
      confirm: false,
      run: async (context, { text: asked }) => {
        const found = searchClauses(asked);
        if (found.length === 0)
          return [
            reply(
              context,
              `制度里没有找到和“${asked}”有关的内容。换个说法试试，例如 /制度 一年要讲几次团课。能查的有：${documents.map(({ name }) => name).join('、')}。`,
            ),
          ];
        const raised = await raisedFor(
          context,
          found.flatMap(({ clause, alike }) => [clause.id, ...alike.map((one) => one.clause.id)]),
        );
        return [
          reply(
            context,
            card(`制度里怎么说：${asked}`, [...found.map(entry), ...raised].join('\n\n'), found.map(button)),
          ),
        ];
      },
    }),
  ],
});

/** What the cadre's unit asks beyond these clauses, with its reasons (滁州 §七.4); none to who is no cadre. */
async function raisedFor({ db, person }: Context, clauses: readonly string[]): Promise<readonly string[]> {
  const cadre = await cadreOfPerson(db, person.id);
  if (!cadre) return [];
  const { requirements } = (await policyOfCadre(db, cadre.id)).policy;
  return requirements
    .filter((requirement) => clausesOf(requirement).some((id) => clauses.includes(id)))
    .flatMap(raisedLine)
    .map((line) => `您的单位另有要求：${plain(line)}`);
}

/** Every clause of the documents that asks for the same as a requirement. */
function clausesOf({ id, citation, also = [] }: Requirement): readonly string[] {
  const rows = schemeRows.filter((row) => row.id === id);
  return [citation.clause, ...also, ...rows.flatMap(({ clauses }) => clauses)];
}

function entry({ document, clause, quote, alike }: Found, index: number): string {
  const others =
    alike.length > 0 ? `（${[...new Set(alike.map((one) => one.document.name))].join('、')}也这样写）` : '';
  const title = clause.title === '' ? '' : `${withoutNumber(clause.title)}\n`;
  return `${index + 1}. ${title}“${quote}”\n——${document.name}，${clause.article}${others}`;
}

function button({ clause }: Found, index: number) {
  const title = withoutNumber(clause.title).replace(/[。？]$/u, '');
  const short = lengthOf(title) > longestTitle ? `${[...title].slice(0, longestTitle - 1).join('')}…` : title;
  return {
    label: `${index + 1} 全文${short === '' ? '' : `：${short}`}`,
    command: `/制度 原文 ${clause.id}`,
  };
}

/** Beside our own numbers its own would be read as part of them; where it stands is said below. */
function withoutNumber(title: string): string {
  return title.replace(/^\d+\s*[.．、]\s*/u, '');
}

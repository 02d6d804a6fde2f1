/** All documents of the scheme, and their clauses by id. */
import { chuzhouDocument } from './chuzhou.ts';
import type { Clause, PolicyDocument } from './document.ts';
import { gqtFirstSteps } from './gqt-first-steps.ts';
import { gqtNotice } from './gqt-notice.ts';
import { questionsOnContact } from './gqt-questions-contact.ts';
import { questionsOnEntering } from './gqt-questions-entering.ts';
import { questionsOnGuidance } from './gqt-questions-guidance.ts';
import { questionsOnService } from './gqt-questions-service.ts';
import { questionsOnUnderstanding } from './gqt-questions-understanding.ts';
import { gqtSeptember } from './gqt-september.ts';
import { meizhouDocument } from './meizhou.ts';
import { xinjiangDocument } from './xinjiang.ts';

/** The 73 questions; the document numbers two of them 45, and the second one is `gqt-qa/45b`. */
const gqtQuestions: PolicyDocument = {
  id: 'gqt-qa',
  name: '团中央问答',
  title: '“1+100”直接联系青年工作问答',
  number: '共青团中央，2016年',
  file: '4-gqt-2016-notice-and-73-questions.txt',
  clauses: [
    ...questionsOnUnderstanding,
    ...questionsOnEntering,
    ...questionsOnContact,
    ...questionsOnService,
    ...questionsOnGuidance,
  ],
};

/** The five documents' texts, the national ones first. The notice that one file prints again stands once. */
export const documents: readonly PolicyDocument[] = [
  gqtNotice,
  gqtFirstSteps,
  gqtSeptember,
  gqtQuestions,
  xinjiangDocument,
  chuzhouDocument,
  meizhouDocument,
];

const byId = new Map(
  documents.flatMap((document) =>
    document.clauses.map((clause) => [clause.id, { document, clause }] as const),
  ),
);

/** A clause with the document that it stands in; undefined when there is none of that id. */
export function clauseOf(
  id: string,
): { readonly document: PolicyDocument; readonly clause: Clause } | undefined {
  return byId.get(id);
}

/** Where a clause stands, for people: “《…通知》（中青办发〔2016〕5号）四、工作任务 …”. */
export function sourceOf(document: PolicyDocument, clause: Clause): string {
  return `《${document.title}》${document.number === '' ? '' : `（${document.number}）`}${clause.article}`;
}

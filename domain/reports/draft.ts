/** The rules' draft of a report: every sentence is a record, or follows from one; what nobody has recorded is left to write. */
import type { EvidenceRecord, ReportEvidence, ReportPart, ReportSentence } from './report.ts';

/** What only the cadre can say. */
export const toWrite: Readonly<Record<ReportPart, string>> = {
  做法: '',
  经验: '（哪一件做得顺手、为什么，请您补写。）',
  问题: '（还有什么难处，请您补写。）',
  打算: '（下一步还想做什么，请您补写。）',
};

/** The sentences of the draft, in the order of its parts. */
export function draftByRules(
  evidence: ReportEvidence,
  records: readonly EvidenceRecord[],
): readonly ReportSentence[] {
  const of = (part: ReportPart) =>
    records
      .filter((record) => record.part === part)
      .map(({ number, text }): ReportSentence => ({ part, text, records: [number] }));
  return [...of('做法'), ...mostJoined(evidence, records), ...of('问题'), ...of('打算'), ...plansOf(records)];
}

/** What a draft leaves out though it must be said: a report says what was not done, and what was not heard. */
export function leftOut(
  sentences: readonly ReportSentence[],
  records: readonly EvidenceRecord[],
): readonly ReportSentence[] {
  const said = new Set(sentences.flatMap((sentence) => sentence.records));
  return records
    .filter(({ mustSay, number }) => mustSay && !said.has(number))
    .map(({ number, text, part }) => ({ part, text, records: [number] }));
}

/** The topic and the activity that most came to, where there was a choice; a fact, no praise. */
function mostJoined(
  { groups }: ReportEvidence,
  records: readonly EvidenceRecord[],
): readonly ReportSentence[] {
  const topics = groups.flatMap(({ figures, topics: titles }) =>
    figures.topics.map(({ id, clear, inferred }) => ({ title: titles.get(id), clear, inferred })),
  );
  const activities = groups.flatMap(({ figures, activities: titles }) =>
    figures.activities.map(({ id, met }) => ({ title: titles.get(id), met })),
  );
  const [topic] = topics.toSorted((a, b) => b.clear - a.clear || b.inferred - a.inferred);
  const [activity] = activities.toSorted((a, b) => b.met - a.met);
  const said: ReportSentence[] = [];
  const say = (title: string | undefined, text: string) => {
    const record = records.find((one) => title !== undefined && one.text.includes(`“${title}”`));
    if (record) said.push({ part: '经验', text, records: [record.number] });
  };
  if (topic && topics.length > 1 && topic.clear > 0)
    say(topic.title, `明确参与的人最多的话题是“${topic.title}”（${topic.clear} 人）。`);
  if (activity && activities.length > 1)
    say(activity.title, `签到的人最多的活动是“${activity.title}”（${activity.met} 人）。`);
  return said;
}

function plansOf(records: readonly EvidenceRecord[]): readonly ReportSentence[] {
  return records.flatMap(({ number, plan }) =>
    plan === undefined ? [] : [{ part: '打算' as const, text: plan, records: [number] }],
  );
}

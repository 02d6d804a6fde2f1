/** From a cadre's evidence to numbered records: each a plain sentence with its figures, without a judgement. */
import { civilOf, type Day, dayOf } from '../calendar/day.ts';
import { type DeedKind, deedKindNames, deedKinds, evidenceGrades, gradeNames } from '../deeds/kinds.ts';
import { type DemandStage, inHand, stageNames } from '../listening/demand.ts';
import type { Status } from '../standing/standing.ts';
import type { EvidenceRecord, ReportEvidence } from './report.ts';

type Entry = Omit<EvidenceRecord, 'number'>;

/** More of them are told by their number alone. */
const topicsTold = 12;
const activitiesTold = 20;
const deedsTold = 6;

/** All records of an evidence, numbered from 1. */
export function recordsOf(evidence: ReportEvidence): readonly EvidenceRecord[] {
  const entries = [
    did(`这份初稿写 ${evidence.title}，从 ${fullDate(evidence.from)}到 ${fullDate(evidence.to)}。`, '日历'),
    ...evidence.groups.flatMap((group) => groupEntries(group, evidence)),
    ...metEntry(evidence),
    ...deedKindNames.flatMap((kind) => deedEntry(kind, evidence)),
    ...gradesEntry(evidence),
    ...demandEntries(evidence),
    ...surveyEntry(evidence),
    ...pushEntry(evidence),
    ...standingEntries(evidence),
  ];
  return entries.map((entry, index) => ({ number: index + 1, ...entry }));
}

function did(text: string, source: string): Entry {
  return { text, source, mustSay: false, part: '做法' };
}

function gap(text: string, source: string, plan?: string): Entry {
  return { text, source, mustSay: true, part: '问题', ...(plan === undefined ? {} : { plan }) };
}

function groupEntries(group: ReportEvidence['groups'][number], evidence: ReportEvidence): Entry[] {
  const { groups, names, advised } = evidence;
  const { figures, youths } = group;
  const { voice, weeks, activities, heard } = figures;
  const where = groups.length > 1 ? `“${group.name}”里` : '群里';
  const entries = [did(`${where}现在有青年 ${youths} 人。`, '群成员')];
  if (voice.of === 0)
    return [...entries, gap(`${where}没有计入的日子：那时还没有绑定，或由别人负责。`, '绑定的时间')];
  entries.push(did(`${where}计入 ${voice.of} 天，其中 ${voice.met} 天有声音。`, `${names.voice}，/进度`));
  // What is only advised is never lacking.
  if (voice.silent > 0 && !advised.includes('voice'))
    entries.push(gap(`${where}有 ${voice.silent} 天听全了，没有声音。`, `${names.voice}，/进度`));
  if (weeks.of > 0 && weeks.needed !== undefined)
    entries.push(
      did(
        `${where}计入 ${weeks.of} 周，其中 ${weeks.met} 周有互动（一周至少和 ${weeks.needed} 位青年有来有往）。`,
        `${names.interaction}，/进度`,
      ),
    );
  if (weeks.silent > 0 && !advised.includes('interaction'))
    entries.push(gap(`${where}有 ${weeks.silent} 周互动的人数没有达到。`, `${names.interaction}，/进度`));
  entries.push(...topicEntries(group, where, advised.includes('topic')));
  if (activities.length > 0)
    entries.push(
      did(
        `${where}办了线下活动 ${activities.length} 次：${listed(
          activities.map(
            ({ id, at, met }) =>
              `${date(dayOf(at))}“${group.activities.get(id) ?? '活动'}”（签到的青年 ${met} 人）`,
          ),
          activitiesTold,
          '次',
        )}。`,
        '签到和小结，/活动 列表',
      ),
    );
  else
    entries.push(
      gap(`${where}没有办线下活动（要有青年签到和小结才计入）。`, '/活动 列表', `${where}安排一次线下活动。`),
    );
  if (heard.of > 0)
    entries.push({
      ...did(
        `${where}已过去的 ${heard.of} 天里，机器人听全的有 ${heard.full} 天；${
          heard.full === heard.of
            ? '没有漏听的日子。'
            : `没听全又没听到声音的 ${voice.unknown} 天、没听全又互动不足的 ${weeks.unknown} 周记作“不确定”，不算没做到。`
        }`,
        '听全的程度，/进度',
      ),
      mustSay: true,
      part: heard.full < heard.of ? '问题' : '做法',
    });
  return entries;
}

function topicEntries(
  { figures, topics }: ReportEvidence['groups'][number],
  where: string,
  advised: boolean,
): Entry[] {
  const all = figures.topics;
  if (all.length === 0 && advised) return [];
  if (all.length === 0) return [gap(`${where}没有发过话题。`, '/话题 列表', `${where}每月发一个话题。`)];
  const lines = all.map(
    ({ id, at, clear, inferred }) =>
      `${date(dayOf(at))}“${topics.get(id) ?? '话题'}”（明确参与 ${clear} 人、推测参与 ${inferred} 人）`,
  );
  return [
    did(
      `${where}发了话题 ${all.length} 个：${listed(lines, topicsTold, '个')}。`,
      `话题 ${all.map(({ id }) => id).join('、')} 号，/话题 列表`,
    ),
  ];
}

function metEntry({ met }: ReportEvidence): Entry[] {
  const text = `当面见过的青年 ${met.count} 人，现在群里的青年 ${met.of} 人（一人只算一次）。`;
  return met.of === 0 ? [] : [did(text, '签到，和对方印证过的谈心、走访，只有人数')];
}

function deedEntry(kind: DeedKind, { deeds }: ReportEvidence): Entry[] {
  const own = deeds.filter((deed) => deed.kind === kind);
  if (own.length === 0) return [];
  const told = own.filter(({ topic }) => topic !== '');
  const lines = told.map(
    ({ day, topic, participants }) =>
      `${date(day)}“${topic}”${participants === undefined ? '' : `（${participants} 人参加）`}`,
  );
  const grades = evidenceGrades.flatMap((grade) => {
    const count = own.filter((deed) => deed.grade === grade).length;
    return count === 0 ? [] : [`${gradeNames[grade]} ${count} 次`];
  });
  const list = lines.length === 0 ? '' : `：${listed(lines, deedsTold, '次')}`;
  return [
    did(
      `${deedKinds[kind].name} ${own.length} 次（${grades.join('、')}）${list}。`,
      `工作纪实 ${own.map(({ number }) => number).join('、')} 号`,
    ),
  ];
}

function gradesEntry({ deeds }: ReportEvidence): Entry[] {
  if (deeds.length === 0) return [gap('没有记过工作纪实。', '/记 列表')];
  const stated = deeds.filter(({ grade }) => grade === 'stated').length;
  const all = did(`工作纪实共 ${deeds.length} 条。`, '/记 列表');
  return stated === 0
    ? [all]
    : [
        all,
        gap(
          `工作纪实里有 ${stated} 条仅口述，没有照片、文件，也没有人印证。`,
          '工作纪实的佐证',
          '以后的记录随手留张照片，或请对方印证。',
        ),
      ];
}

function demandEntries({ demands }: ReportEvidence): Entry[] {
  const stages = (Object.keys(stageNames) as DemandStage[]).filter((stage) => (demands[stage] ?? 0) > 0);
  const sum = (some: readonly DemandStage[]) =>
    some.reduce((total, stage) => total + (demands[stage] ?? 0), 0);
  const all = sum(stages);
  if (all === 0) return [did('问题清单没有新的诉求。', '/问题清单')];
  const each = stages.map((stage) => `${stageNames[stage]} ${demands[stage]} 件`);
  const open = sum(inHand);
  const entries = [did(`问题清单新收到诉求 ${all} 件：${each.join('、')}。`, '/问题清单，只有件数')];
  if (open > 0)
    entries.push(
      gap(
        `问题清单还有 ${open} 件没有办完。`,
        '/问题清单',
        `把没有办完的 ${open} 件诉求办完，办不了的说清楚。`,
      ),
    );
  return entries;
}

function surveyEntry({ surveys }: ReportEvidence): Entry[] {
  if (surveys.count === 0) return [];
  return [did(`办完问卷 ${surveys.count} 份，收到答卷 ${surveys.answers} 份。`, '/问卷 列表')];
}

function pushEntry({ pushes }: ReportEvidence): Entry[] {
  return pushes === 0 ? [] : [did(`推送文化产品 ${pushes} 次。`, '/推送')];
}

/** What is asked for: done, missed, still to do, and what nobody can say. Advice is never lacking. */
function standingEntries({ standings }: ReportEvidence): Entry[] {
  const binding = standings.filter(({ status, advice }) => status === 'met' || !advice);
  const of = (...statuses: readonly Status[]) => binding.filter(({ status }) => statuses.includes(status));
  const unknown = new Map<string, Set<string>>();
  for (const { because, name } of of('unknown'))
    unknown.set(because, (unknown.get(because) ?? new Set()).add(quoted(name)));
  return [
    ...of('met').map((one) => did(`${about(one)}，达成。`, everything)),
    ...of('missed').map((one) =>
      gap(`${about(one)}，未达成。`, everything, `下一期把${quoted(one.name)}早点安排上。`),
    ),
    ...of('underway', 'due_soon').map(
      (one): Entry => ({
        ...gap(`${about(one)}，还没有达到${one.span === '' ? '' : '，期限还没到'}。`, everything),
        part: '打算',
      }),
    ),
    ...[...unknown].map(([because, names]) =>
      gap(`说不准做没做的：${[...names].join('、')}（${because || '没有记录可查'}）。`, everything),
    ),
  ];
}

const everything = '/进度 全部';

/** “每季度‘五个一’”：2026 年第三季度有 3 次，要求 5 次. What always holds is of today. */
function about({ name, span, amount }: ReportEvidence['standings'][number]): string {
  return amount === '' ? quoted(name) : `${quoted(name)}：${span === '' ? '现在' : span}${amount}`;
}

function quoted(name: string): string {
  return `“${name.replaceAll('“', '‘').replaceAll('”', '’')}”`;
}

function listed(lines: readonly string[], most: number, unit: string): string {
  const rest = lines.length - most;
  return `${lines.slice(0, most).join('、')}${rest > 0 ? `，另有 ${rest} ${unit}` : ''}`;
}

/** “2026 年 9 月 14 日”. */
function fullDate(day: Day): string {
  return `${civilOf(day).year} 年 ${date(day)}`;
}

/** “9 月 14 日”. */
function date(day: Day): string {
  const { month, date: number } = civilOf(day);
  return `${month} 月 ${number} 日`;
}

/** How the ten first steps read: each with whether it was taken and how that is known. */
import { formatDate } from '../../../domain/calendar/format-datetime.ts';
import { deedKinds, gradeNames } from '../../../domain/deeds/kinds.ts';
import { firstSteps } from '../../../domain/policy/first-steps.ts';
import type { StepHint, StepProof, StepRecord, StepStanding } from '../../../domain/standing/first-steps.ts';
import type { Standing } from '../../../domain/standing/standing.ts';
import { plain } from '../../dialogue/plain.ts';

/** The card of a cadre whose path it is; `roster`: the hundred that the path leads to. */
export function pathLines(
  standings: readonly StepStanding[],
  roster: Pick<Standing, 'have' | 'need'> | undefined,
  done: string,
  now: number,
): readonly string[] {
  const taken = standings.filter(({ proof }) => proof);
  const own = taken.filter(({ proof }) => proof?.by === 'word').length;
  const how = [
    ...(taken.length > own ? [`${taken.length - own} 步从记录看出`] : []),
    ...(own > 0 ? [`${own} 步您自己勾的`] : []),
  ];
  return [
    ...(done === '' ? [] : [done]),
    `十步走了 ${taken.length} 步${how.length === 0 ? '' : `：${how.join('，')}`}。这是参考，不作要求，也不会催您。`,
    ...(roster === undefined ? [] : [`现在联系青年 ${roster.have} 人，目标 ${roster.need ?? 0} 人。`]),
    '',
    ...standings.flatMap((step) => stepLines(step, now)),
    '',
    '记录里看不出来的，做过了勾上就行；勾错了发 /十个一 取消 加第几步。',
  ];
}

/** For a cadre whose path it is not: why, and which the ten are. */
export function noPathLines(why: string): readonly string[] {
  return [why, '想参考的话，这十步是：', '', ...firstSteps.map(({ number, name }) => `${number}. ${name}`)];
}

function stepLines({ number, name, proof, hint }: StepStanding, now: number): readonly string[] {
  if (proof) return [`${number}. 【走了】${name}`, `　　${proofWords(proof, now)}`];
  return [`${number}. 【还没】${name}`, ...(hint ? [`　　${hintWords(hint, now)}`] : [])];
}

function proofWords(proof: StepProof, now: number): string {
  switch (proof.by) {
    case 'record':
      return `记录：${recordWords(proof.record, now)}（${gradeNames[proof.record.grade]}）`;
    case 'group':
      return `记录：${formatDate(proof.day, now)}绑定了您的群`;
    case 'word':
      return `您 ${formatDate(proof.day, now)}勾的`;
  }
}

function hintWords(hint: StepHint, now: number): string {
  const ifSo = '是这一步就勾上';
  switch (hint.of) {
    case 'record':
      return `可能是${recordWords(hint.record, now)}，${ifSo}`;
    case 'identity':
      return `${formatDate(hint.day, now)}在群里亮过身份了，青年汇也联系了就勾上`;
    case 'link':
      return `登记着您联系的${hint.names.map(plain).join('、')}，${ifSo}`;
  }
}

/** “第 4 条 走访 8月30日”. */
function recordWords({ number, kind, day }: StepRecord, now: number): string {
  return `第 ${number} 条 ${deedKinds[kind].name} ${formatDate(day, now)}`;
}

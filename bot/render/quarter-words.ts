/** What the quarter's problem list says, in the words that chat, Word and Excel share. */
import { stageNames } from '../../domain/listening/demand.ts';
import type { QuarterAnalysis, Spell, Tally } from '../../domain/listening/quarter.ts';

const hourMs = 3_600_000;

/** “后勤 3 件，学习 2 件”. */
export function tallyWords(tallies: readonly Tally[]): string {
  return tallies.map(({ name, count }) => `${name} ${count} 件`).join('，');
}

/** “6 小时”, “3.5 天”; what is below an hour counts as one. */
function spanWords(ms: number): string {
  if (ms < hourMs) return '1 小时';
  if (ms < 48 * hourMs) return `${Math.round(ms / hourMs)} 小时`;
  return `${Math.round((ms / hourMs / 24) * 10) / 10} 天`;
}

/** On how many days the bot was there to hear anything. */
export function attendanceWords({ attendance: { days, of } }: QuarterAnalysis): string {
  return `本季度机器人在群 ${days}/${of} 天`;
}

/** How many, and where they stand. */
export function countWords({ total, merged, stages, carried, withdrawn }: QuarterAnalysis): string {
  const states = stages.map(({ stage, count }) => `${stageNames[stage]} ${count}`);
  if (merged > 0) states.push(`合并 ${merged}`);
  return [
    total === 0 ? '没有收到诉求。' : `共 ${total} 件：${states.join('，')}。`,
    carried > 0 ? `另有以前提出、转到本季度的 ${carried} 件。` : '',
    withdrawn > 0 ? `本人撤回的 ${withdrawn} 件不计。` : '',
  ].join('');
}

/** Solved share and the askers' own word on it. */
export function solvedWords({ total, merged, solved, solvedPercent, confirmed }: QuarterAnalysis): string {
  if (total === merged) return '没有要办的。';
  const how =
    solved === 0
      ? ''
      : solved === confirmed
        ? '，都由本人确认'
        : `，其中本人确认解决 ${confirmed} 件，其余 14 天没有异议`;
  return `办结 ${solved} 件，占 ${solvedPercent}%${how}。`;
}

/** How long it took. */
export function speedWords({ toAccept, toAnswer, untimed }: QuarterAnalysis): string {
  const one = (name: string, spell: Spell | undefined) =>
    spell === undefined
      ? []
      : [
          `从提出到${name}，一半在 ${spanWords(spell.median)}以内，最长${spell.longest < hourMs ? '也不到' : ''} ${spanWords(spell.longest)}`,
        ];
  const said = [...one('受理', toAccept), ...one('答复', toAnswer)].join('；');
  const apart = untimed > 0 ? `匿名的 ${untimed} 件只记到哪一天，不算用时。` : '';
  if (said === '') return apart || '还没有受理的。';
  return `${said}。${apart}`;
}

/** The lines that go up with a report, and that are shown before. */
export function reportLines(analysis: QuarterAnalysis): readonly string[] {
  const { total, kinds, fields, unsolved } = analysis;
  return [
    countWords(analysis),
    ...(total === 0 ? [] : [`类别：${tallyWords(kinds)}。`, `领域：${tallyWords(fields)}。`]),
    ...(total === 0 ? [] : [solvedWords(analysis), speedWords(analysis)]),
    ...(unsolved.length > 0 ? [`无法解决并已说明原因的 ${unsolved.length} 件。`] : []),
    `${attendanceWords(analysis)}。`,
  ];
}

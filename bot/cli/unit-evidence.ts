/** `lianqing unit evidence`: from which evidence on a unit counts records (滁州 §七.3: never only the figures). */
import { defineCommand } from 'citty';
import { type EvidenceGrade, evidenceGrades, gradeNames } from '../../domain/deeds/kinds.ts';
import { evidenceOf } from '../../domain/units/unit.ts';
import { allUnits, chooseEvidence } from '../../prisma/store/units.ts';
import { inDatabase, unitNamed } from './store.ts';
import { InputError, say } from './terminal.ts';

const words = evidenceGrades.map((grade) => gradeNames[grade]);
/** As the unit above has it. */
const inherited = '随上级';

export const unitEvidence = defineCommand({
  meta: {
    name: 'evidence',
    description: `选定有什么佐证的记录才算数，对它和下级都有效，下级只能更严：${words.join('、')}（全都算）；写“${inherited}”就不另定；不写就看看现在的`,
  },
  args: {
    name: { type: 'positional', description: '团组织', valueHint: '某某学院团委', required: true },
    from: {
      type: 'positional',
      description: '从哪一级佐证起算',
      valueHint: gradeNames.documented,
      required: false,
    },
  },
  run: ({ args }) =>
    inDatabase(async (tx) => {
      const unit = await unitNamed(tx, args.name);
      if (args.from !== undefined) {
        const weakest = gradeFrom(args.from);
        const units = await allUnits(tx);
        const above = evidenceOf(units, units.find(({ id }) => id === unit.id)?.parentId ?? 0);
        if (weakest && above && evidenceGrades.indexOf(weakest) > evidenceGrades.indexOf(above))
          throw new InputError(
            `上级只认“${gradeNames[above]}”起的记录，不能放宽；可以写更严的，或者“${inherited}”。`,
          );
        await chooseEvidence(tx, unit.id, weakest);
      }
      say(`${unit.name}：${standing(evidenceOf(await allUnits(tx), unit.id))}`);
    }),
});

function gradeFrom(typed: string): EvidenceGrade | undefined {
  const word = typed.normalize('NFKC').trim();
  if (word === inherited) return undefined;
  const grade = evidenceGrades.find((one) => one === word || gradeNames[one] === word);
  if (!grade) throw new InputError(`佐证只能写 ${words.join('、')}，或者 ${inherited}。`);
  return grade;
}

function standing(weakest: EvidenceGrade = 'stated'): string {
  const counting = evidenceGrades.slice(0, evidenceGrades.indexOf(weakest) + 1);
  const ignored = evidenceGrades.filter((grade) => !counting.includes(grade));
  const left = ignored.map((grade) => gradeNames[grade]).join('、');
  return left === ''
    ? '各级佐证的记录都算数'
    : `${counting.map((grade) => gradeNames[grade]).join('、')}的记录算数，${left}的不算；团干部在 /进度 里看得到这一条`;
}

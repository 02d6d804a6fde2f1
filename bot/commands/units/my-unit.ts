/** 本单位: an administrator's view of the tree below them: numbers of cadres and deeds, nobody's name. */
import { dayOf } from '../../../domain/calendar/day.ts';
import { quarterOf } from '../../../domain/calendar/period.ts';
import { gradeNames } from '../../../domain/deeds/kinds.ts';
import { summaryOf } from '../../../domain/standing/summary.ts';
import { type Unit, unitsWithin } from '../../../domain/units/unit.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { reportsOf } from '../../../prisma/store/problem-reports.ts';
import { allUnits, countUnits, type UnitCounts } from '../../../prisma/store/units.ts';
import { nothing } from '../../dialogue/arguments.ts';
import { action, defineCommand } from '../../dialogue/command.ts';
import { plain } from '../../dialogue/plain.ts';
import { card, reply } from '../../dialogue/say.ts';
import { fullDate } from '../../render/progress-words.ts';
import { summaryText } from '../../render/summary-text.ts';
import { standingsOfUnits } from '../../standing.ts';
import { quarterAndWord } from '../listening/quarter.ts';
import { askToEvaluate, evaluate, evaluationWords } from './unit-evaluation.ts';
import { sumWords, unitProblems } from './unit-problems.ts';

const shownAtMost = 20;

export const myUnit = defineCommand({
  name: '本单位',
  aliases: ['团组织'],
  summary: '管理员看本级和下级的数目',
  actions: [
    action({
      name: '',
      summary:
        '本级和各下级有多少团干部、认证了多少、本季度记了多少次工作（按佐证分开）；只有数目，没有任何人的资料',
      examples: ['/本单位'],
      who: 'administrator',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const { db, administrator, now, secret, person } = context;
        const quarter = quarterOf(dayOf(now));
        const units = await allUnits(db);
        const counts = (unit: Pick<Unit, 'id'>) => countUnits(db, [...unitsWithin(units, unit.id)], quarter);
        const children = units.filter(({ parentId }) => parentId === administrator.unitId);
        const lines = [describe('合计（含下级）', await counts({ id: administrator.unitId }))];
        for (const child of children.slice(0, shownAtMost))
          lines.push(describe(plain(child.name), await counts(child)));
        if (children.length > shownAtMost)
          lines.push(`另有 ${children.length - shownAtMost} 个下级没有列出。`);
        await recordAudit(db, secret.hash, {
          at: now,
          actor: `person:${person.id}`,
          action: 'unit.counts',
          subject: `unit:${administrator.unitId}`,
        });
        const within = [...unitsWithin(units, administrator.unitId)];
        const reports = await reportsOf(db, within, quarter.key);
        lines.push(
          reports.length === 0 ? '本季度问题清单：还没有报上来的' : `本季度问题清单：${sumWords(reports)}`,
          await evaluationWords(db, within, now),
        );
        return [
          reply(
            context,
            card(`${plain(administrator.unit)}　${quarter.key}`, lines.join('\n\n'), [
              { label: '看各项要求', command: '/本单位 要求' },
              ...(reports.length === 0 ? [] : [{ label: '看问题清单', command: '/本单位 问题清单' }]),
            ]),
          ),
        ];
      },
    }),
    action({
      name: '要求',
      aliases: ['各项要求', '进度'],
      summary: '每一项要求，本级和下级有多少团干部（或群）达成、进行中、快到期；只有数目，不排名',
      examples: ['/本单位 要求'],
      who: 'administrator',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: false,
      run: async (context) => {
        const { db, administrator, now, secret, person, calendar } = context;
        const within = [...unitsWithin(await allUnits(db), administrator.unitId)];
        const standings = await standingsOfUnits(db, within, now, calendar);
        await recordAudit(db, secret.hash, {
          at: now,
          actor: `person:${person.id}`,
          action: 'unit.counts',
          subject: `unit:${administrator.unitId}`,
        });
        const date = fullDate(dayOf(now));
        if (standings.length === 0)
          return [reply(context, '本级和下级还没有认证了的团干部，所以还没有可看的。')];
        const text = summaryText(summaryOf(standings), standings.length);
        return [reply(context, card(`${plain(administrator.unit)}　各项要求　${date}`, text))];
      },
    }),
    action({
      name: '问题清单',
      summary: '团干部报上来的季度问题清单：数目，和提出人同意转报的内容，另有 Excel 汇总；没有青年的名字',
      examples: ['/本单位 问题清单', '/本单位 问题清单 上季度'],
      who: 'administrator',
      where: 'private',
      about: 'person',
      arguments: quarterAndWord,
      confirm: false,
      run: unitProblems,
    }),
    action({
      name: '评价',
      aliases: ['评价团干部'],
      summary:
        '在本级和下级的群里请青年给团干部打分：自愿、不记名，每学期至多一次；结果只有合在一起的平均数，不足 5 人不显示',
      examples: ['/本单位 评价'],
      who: 'administrator',
      where: 'private',
      about: 'person',
      arguments: nothing,
      confirm: askToEvaluate,
      run: (context) => evaluate(context),
    }),
  ],
});

function describe(title: string, counts: UnitCounts): string {
  const { cadres, proved, verified, documented, stated } = counts;
  return [
    `${title}：团干部 ${cadres} 人，已认证 ${proved} 人`,
    `本季度工作 ${verified + documented + stated} 次：${gradeNames.verified} ${verified}，${gradeNames.documented} ${documented}，${gradeNames.stated} ${stated}`,
  ].join('\n');
}

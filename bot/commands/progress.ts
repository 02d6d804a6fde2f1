/** 进度: where the group stands with the five “有”, as a picture or in words. Counts of people only. */
import { xinjiang } from '../../domain/policy/profiles/xinjiang.ts';
import { daysNeeded, measureProgress } from '../../domain/standing/measure.ts';
import { loadFacts } from '../../prisma/store/facts.ts';
import { youthsOf } from '../../prisma/store/identity.ts';
import { topicTitles } from '../../prisma/store/topics.ts';
import { progressText } from '../render/progress-text.ts';
import { oneOf } from './arguments.ts';
import { action, defineCommand } from './command.ts';
import { reply } from './say.ts';

export const progress = defineCommand({
  name: '进度',
  aliases: ['五个有'],
  summary: '看本月的“五个有”做到哪一步了',
  actions: [
    action({
      name: '',
      summary:
        '一张图看清：每天有声音、每周有互动、每月有话题、每季度有线下活动、每年有面对面；加“文字”得到文字版',
      examples: ['/进度', '/进度 文字'],
      who: 'cadre',
      where: 'both',
      about: 'group',
      arguments: oneOf(['', '文字', '文字版'], '发 /进度 看图，或 /进度 文字 看文字版'),
      confirm: false,
      run: async (context, { word }) => {
        const { db, group, cadre, now } = context;
        const facts = await loadFacts(db, group.id, daysNeeded(now));
        const measured = measureProgress(facts, xinjiang, now, {
          group: group.name,
          cadre: cadre.name,
          unit: cadre.unit,
          roster: new Set(await youthsOf(db, group.id, cadre.personId)),
          topicTitles: await topicTitles(db, group.id),
        });
        return [
          reply(context, word === '' ? { type: 'progress', progress: measured } : progressText(measured)),
        ];
      },
    }),
  ],
});

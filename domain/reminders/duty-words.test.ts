import { expect, it } from 'vitest';
import { dayFrom } from '../calendar/day.ts';
import { xinjiang } from '../policy/profiles/xinjiang.ts';
import { recordAction } from './duty-words.ts';

it('a duty leads to what does it: the list, the draft, or the record', () => {
  const actions = xinjiang.requirements.flatMap((one) =>
    one.measure === 'records' ? [[one.id, recordAction(one, dayFrom(2026, 11, 2))?.command]] : [],
  );
  expect(Object.fromEntries(actions)).toMatchObject({
    'problem-list': '/问题清单 季报',
    'semester-report': '/报告 学期',
  });
  for (const [, command] of actions)
    expect(command).toMatch(/^\/(?:问题清单 季报|报告 学期|记 填写|制度 原文)/);
});

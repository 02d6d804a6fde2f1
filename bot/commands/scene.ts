/** The usual scene of a dialogue, new for every test of the file that imports it: 一班, its cadre 李老师 and 小明. */
import { afterEach, beforeEach } from 'vitest';
import { type Actor, openStage, type Stage, type StageGroup } from './testing.ts';

export let stage: Stage;
export let group: StageGroup;
export let cadre: Actor;
export let youth: Actor;

beforeEach(async () => {
  stage = await openStage();
  group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('小明', group);
});
afterEach(() => stage.database.close());

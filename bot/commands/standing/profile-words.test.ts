/** What is asked is named in the words of the profile in force: 日常 where its document says 日常. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requirementOf } from '../../../domain/policy/policy.ts';
import { profiles } from '../../../domain/policy/profiles/profiles.ts';
import { cadence } from '../../../domain/standing/progress.ts';
import { progressText } from '../../render/progress-text.ts';
import { cadre, stage } from '../scene.ts';

const daily = /每天有声音|每周有互动|每月有话题/u;
const everyday = /日常有声音|日常有互动|日常有话题/u;

describe.each(profiles.map((profile) => [profile.id, profile] as const))('under %s', (id, profile) => {
  const [own, others] = id === 'xinjiang' ? [daily, everyday] : [everyday, daily];
  const begin = () => stage.database.db.unit.updateMany({ data: { profile: id } });

  it('the five are called so on the card and in words', async () => {
    await begin();
    const names = cadence.map((measure) => requirementOf(profile, measure)?.name ?? '?');
    const said = await cadre.whispers('/进度');
    const draft = said.all[0]?.draft;
    if (draft?.type !== 'progress') throw new Error('no picture');
    expect(Object.values(draft.progress.names)).toEqual(names);
    const text = progressText(draft.progress);
    for (const name of names) expect(text).toContain(name);
    expect(text).not.toMatch(others);
    expect(text.includes('有声音（建议，不作要求）')).toBe(id !== 'xinjiang');
    expect((await cadre.whispers('/进度 文字')).text).toBe(text);
  });

  it('so they are on the sheets, in the reminders’ settings and in the unit’s counts', async () => {
    await begin();
    const admin = await stage.administrator('赵书记');
    for (const typed of ['/进度 周 文字', '/进度 全部 文字', '/提醒', '/提醒 静音 声音', '/提醒 恢复 声音']) {
      const { text } = await cadre.whispers(typed);
      expect([typed, text]).toEqual([typed, expect.stringMatching(own)]);
      expect([typed, text]).toEqual([typed, expect.not.stringMatching(others)]);
    }
    const counts = (await admin.whispers('/本单位 要求')).text;
    expect(counts).toMatch(own);
    expect(counts).not.toMatch(others);
    // Nor does a heading ask for daily what the document asks for 日常.
    const sheet = (await cadre.whispers('/进度 全部 文字')).text;
    for (const text of [counts, sheet]) {
      expect(text.includes('\n日常（按天看）\n')).toBe(id !== 'xinjiang');
      expect(text.includes('\n每天\n')).toBe(id === 'xinjiang');
    }
    expect((await cadre.whispers('/进度 接下来')).text).not.toMatch(others);
  });

  it('so they are in a report, where advice is never lacking', async () => {
    await begin();
    stage.now += 40 * 86_400_000;
    const said = await cadre.whispers('/报告 季度');
    const papers = said.all.flatMap(({ draft }) => (draft.type === 'paper' ? [draft.paper] : []));
    const text = said.text + JSON.stringify(papers);
    expect(text).toContain(requirementOf(profile, 'voice')?.name);
    expect(text).not.toMatch(others);
    expect(text.includes('每月发一个话题')).toBe(id === 'xinjiang');
  });
});

it('no text of the program has the words of one profile', () => {
  const sources = ['adapters', 'bot', 'domain']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => /\.(?:tsx?|js)$/u.test(path) && !/\.test\.ts$|^domain\/policy\//u.test(path));
  expect(sources.length).toBeGreaterThan(300);
  const code = (path: string) =>
    readFileSync(path, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//gu, '')
      .replace(/^\s*\/\/.*$/gmu, '');
  expect(sources.filter((path) => daily.test(code(path)) || everyday.test(code(path)))).toEqual([]);
});

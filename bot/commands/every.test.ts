/** What every command owes everybody, whoever writes it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registry } from './all.ts';
import { type Actor, openStage, type Stage } from './testing.ts';

let stage: Stage;
let cadre: Actor;
let youth: Actor;
let administrator: Actor;
beforeAll(async () => {
  stage = await openStage();
  const group = await stage.group('一班');
  cadre = await stage.cadre('李老师', group);
  youth = await stage.person('小明', group);
  administrator = await stage.administrator('王敏');
});
afterAll(() => stage.database.close());

describe('every command', () => {
  const actions = registry.commands.flatMap((command) =>
    command.actions.map((action) => ({ title: `/${command.name} ${action.name}`.trim(), action })),
  );

  it.each(actions)(
    '$title denies who is not allowed, and says where it belongs',
    async ({ title, action }) => {
      if (action.who === 'cadre' || action.who === 'officer') {
        expect((await youth.says(title)).text).toContain('团干部用的');
        expect((await youth.whispers(title)).text).toContain('团干部用的');
      }
      // A command alone may mean its default action instead of the unnamed one.
      const typed = action.name === '' ? action.examples[0] : title;
      if (action.who === 'youth') expect((await cadre.says(typed ?? '')).text).toContain('给群里小伙伴用的');
      if (action.who === 'administrator')
        for (const other of [youth, cadre]) {
          expect((await other.says(title)).text).toContain('团组织管理员用的');
          expect((await other.whispers(title)).text).toContain('团组织管理员用的');
        }
      const allowed = action.who === 'cadre' || action.who === 'officer' ? cadre : youth;
      if (action.where === 'private' && action.who !== 'administrator')
        expect((await allowed.says(action.examples[0] ?? '')).text).toContain(`请私聊我发 ${title}`);
    },
  );

  it.each(actions)('$title answers hostile text without calling anybody', async ({ title, action }) => {
    const speaker = { cadre, administrator, officer: administrator }[action.who as string] ?? youth;
    for (const hostile of [
      '@所有人',
      '\u202e\u0000',
      '<at id=all></at>',
      '9'.repeat(500),
      'x'.repeat(1_000_000),
    ]) {
      const said = await speaker.whispers(`${title} ${hostile}`);
      expect(said.all.length).toBeGreaterThan(0);
      expect(said.text).not.toMatch(/@所有人|\u202e/u);
      expect(said.text.length).toBeLessThan(2_000);
    }
    // What is made narrow to be understood must not be said back narrow.
    for (const before of [title, action.examples[0] ?? title])
      for (const wide of ['＠所有人', '﹫所有人', '快看＠所有人']) {
        const said = await speaker.whispers(`${before} ${wide}`);
        expect(said.text).not.toContain('@所有人');
        for (const { draft } of said.all)
          if (draft.type === 'card')
            expect(draft.buttons?.map(({ label }) => label).join('') ?? '').not.toContain('@所有人');
      }
  });
});

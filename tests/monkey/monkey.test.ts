/** People who type and press anything in any order: nothing breaks, no button leads nowhere, no name gets out. */
import { expect, it } from 'vitest';
import { registry } from '../../bot/commands/all.ts';
import type { Said } from '../../bot/commands/said.ts';
import { type Actor, openStage } from '../../bot/commands/testing.ts';
import type { Action } from '../../bot/dialogue/command.ts';
import { randomFrom } from '../support/random.ts';

const steps = 350;
/** What is typed after a command where it is not its own example. */
const words = [
  '',
  '1',
  '四',
  '是',
  '算了',
  '全部',
  '上季度',
  '小明 小红',
  '3A 2B',
  '@所有人',
  '热水停了',
  '5月4日下午 给计科2班讲五四精神 32人',
  '明晚7点操场飞盘局',
  '1. 喜欢吗？\nA 是\nB 否\n2. 说说',
];
const actions = registry.commands.flatMap((command) =>
  command.actions.map((action) => ({ title: `/${command.name} ${action.name}`.trim(), action })),
);

/** Something that somebody can press: a button, or a form with what stands in it. */
interface Shown {
  readonly command: string;
  readonly values: Readonly<Record<string, string>>;
  readonly inGroup: boolean;
}

it.each([1, 2, 3, 4])('whoever does whatever, by the seed %i', async (seed) => {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const one = <T>(all: readonly T[]): T => all[below(all.length)] as T;
  const stage = await openStage();
  stage.updates = random() < 0.5;
  const [first, second] = [await stage.group('一班'), await stage.group('二班')];
  const cadres = [await stage.cadre('李老师', first), await stage.cadre('周老师', second)];
  const administrator = await stage.administrator('王敏');
  /** Does only what nobody shall know of. */
  const hidden = await stage.person('隐身草', first);
  const youths = [
    await stage.person('小明', first),
    await stage.person('小红', first),
    await stage.person('阿强', second),
  ];
  const everybody = [...cadres, administrator, hidden, ...youths];
  const shown = new Map<Actor, Shown[]>(everybody.map((actor) => [actor, []]));
  const log: string[] = [];

  const suits = (actor: Actor, { who, unnamed }: Action) => {
    if (actor === hidden) return unnamed;
    if (who === 'anyone') return true;
    if (cadres.includes(actor)) return who === 'cadre' || who === 'officer';
    return actor === administrator ? who === 'administrator' || who === 'officer' : who === 'youth';
  };
  const presses = (actor: Actor, all: readonly Shown[]) => {
    const { command, values, inGroup } = random() < 0.8 ? one(all.slice(-3)) : one(all);
    log.push(`${actor.name} presses ${command} ${JSON.stringify(values)}`);
    return stage.pressed(actor, command, values, inGroup ? actor.group : undefined);
  };
  const types = (actor: Actor) => {
    const fitting = actions.filter(({ action }) => suits(actor, action));
    const { title, action } = one(actor === hidden || random() < 0.9 ? fitting : actions);
    const example = one(action.examples).replace(/\d+(?![月日时点:：号])/u, (number) =>
      random() < 0.4 ? number : String(1 + below(2)),
    );
    const typed = random() < 0.7 ? example : `${title} ${one(words)}`;
    const aloud = actor !== hidden && actor.group && action.where !== 'private' && random() < 0.4;
    log.push(`${actor.name} ${aloud ? 'says' : 'whispers'} ${typed}`);
    return aloud ? actor.says(typed) : actor.whispers(typed);
  };

  const check = (said: Said, pressed: boolean) => {
    const told = `${log.slice(-20).join('\n')}\n→ ${said.text}`;
    if (pressed) expect(said.text, told).not.toMatch(/没有“.*”这个命令|还不知道[你您]在哪个群/u);
    for (const outgoing of said.all) {
      const whole = JSON.stringify(outgoing.draft);
      expect(whole, told).not.toMatch(/undefined|\bNaN\b|\[object|@所有人/u);
      const toThemselves = said.to(hidden).all.includes(outgoing);
      if (!toThemselves) expect(whole, told).not.toContain(hidden.name);
    }
  };
  const keep = (said: Said) => {
    for (const outgoing of said.all) {
      const { draft, to } = outgoing;
      if (draft.type !== 'card') continue;
      const inGroup = 'groupId' in to;
      const readers = inGroup
        ? everybody.filter(({ group }) => group?.id === to.groupId && group !== undefined)
        : everybody.filter((each) => said.to(each).all.includes(outgoing));
      const { buttons = [], form } = draft;
      const values = Object.fromEntries(
        (form?.fields ?? []).map(({ name, options }) => [
          name,
          one(random() < 0.8 ? (options ?? words) : words),
        ]),
      );
      const all = [
        ...buttons.map(({ command }) => ({ command, values: {}, inGroup })),
        ...(form ? [{ command: form.command, values, inGroup }] : []),
      ];
      for (const reader of readers) {
        // Who claims a wish is told of: that is no secret.
        const secret = all.filter(({ command }) => /^\/(?:匿名|作答|是|否)/u.test(command));
        shown.get(reader)?.push(...(reader === hidden ? secret : all));
      }
    }
  };

  let last = one(everybody);
  for (let n = 0; n < steps; n++) {
    const actor = random() < 0.5 ? last : one(everybody);
    const all = shown.get(actor) ?? [];
    const pressed = all.length > 0 && random() < 0.5;
    const said = await (pressed ? presses(actor, all) : types(actor));
    check(said, pressed);
    keep(said);
    if (random() < 0.3) stage.now += random() < 0.08 ? below(4 * 86_400_000) : below(300_000);
    last = actor;
  }
  await stage.database.close();
});

/**
 * A stage for tests that read as dialogues: `await cadre.says('/话题 列表'); expect(bot.text).toContain(…)`. People
 * speak in their group, or privately with `whispers`; the bot's answers to the last event stand in `bot`.
 */

import type { MessageEvent, PressEvent } from '../../adapters/adapter.ts';
import { cardJson } from '../../adapters/feishu/cards.ts';
import { rotatingCode } from '../../domain/activities/rotating-code.ts';
import { parseInstant } from '../../domain/calendar/instant.ts';
import { noHolidays, type WorkCalendar } from '../../domain/calendar/workdays.ts';
import { defaultHelpLines } from '../../domain/listening/danger.ts';
import { usualLimits } from '../../domain/listening/limits.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { ensureAccount } from '../../prisma/store/accounts.ts';
import { createAdministrator } from '../../prisma/store/administrators.ts';
import { createCadre } from '../../prisma/store/cadres.ts';
import type { IssuedCode } from '../../prisma/store/codes.ts';
import { joined, resolveGroup, resolvePeople } from '../../prisma/store/identity.ts';
import { createOperator } from '../../prisma/store/operators.ts';
import { addUnit } from '../../prisma/store/units.ts';
import { checkCard } from '../../tests/feishu/cards.ts';
import type { Picture, Situation } from '../dialogue/command.ts';
import { type Secret, secretOf } from '../secret.ts';
import { handle } from './handle.ts';
import { Said } from './said.ts';

/** A group of the stage. */
export interface StageGroup {
  readonly id: number;
  readonly externalId: string;
  readonly name: string;
}

/** Somebody who speaks. */
export class Actor {
  readonly id: number;
  readonly externalId: string;
  readonly name: string;
  /** Where `says` and `presses` happen. */
  group: StageGroup | undefined;
  readonly #stage: Stage;

  constructor(
    stage: Stage,
    who: { readonly id: number; readonly externalId: string; readonly name: string },
    group?: StageGroup,
  ) {
    this.#stage = stage;
    this.id = who.id;
    this.externalId = who.externalId;
    this.name = who.name;
    this.group = group;
  }

  /** Says something in the group. */
  says(text: string, more: Partial<MessageEvent> = {}): Promise<Said> {
    if (!this.group) throw new Error(`${this.name} is in no group`);
    return this.#stage.hear(this, text, this.group, more);
  }

  /** Says something to the bot privately. */
  whispers(text: string, more: Partial<MessageEvent> = {}): Promise<Said> {
    return this.#stage.hear(this, text, undefined, more);
  }

  /** Sends the bot a picture or file privately; the bot has kept it, or says why not. */
  shows(picture: Picture, kind: 'image' | 'file' = 'image'): Promise<Said> {
    return this.#stage.hear(this, '', undefined, { kind }, picture);
  }

  /** Presses the button with that label among those last shown, where it was shown. */
  presses(label: string, values: Readonly<Record<string, string>> = {}): Promise<Said> {
    return this.#stage.press(this, label, values);
  }
}

/** One account with its database; its clock stands until it is moved. */
export class Stage {
  now: number;
  /** Whether a language model is configured. */
  model = false;
  /** Whether files can be sent. */
  files = true;
  /** How often the counting was told that something was erased. */
  erasures = 0;
  /** Whether cards can be changed in place. */
  updates = false;
  /** Whether a person has to log the account in again and again. */
  loginByHand = false;
  /** Whether only friends can be written to privately. */
  friendsOnly = false;
  calendar: WorkCalendar = noHolidays;
  limits = usualLimits;
  database: Database;
  /** The account over which is spoken; another one may take its place. */
  accountId: number;
  readonly secret: Secret = secretOf('for tests');
  bot = new Said([], this.secret);
  readonly #url: string;
  readonly #keys = new Set<string>();
  #events = 0;
  #bytes = 0;

  constructor(database: Database, url: string, accountId: number, now: number) {
    this.database = database;
    this.#url = url;
    this.accountId = accountId;
    this.now = now;
  }

  /** Opens the same database file anew, as a restart does. */
  async restart(): Promise<void> {
    await this.database.close();
    this.database = await openDatabase(this.#url);
  }

  async group(name: string): Promise<StageGroup> {
    const externalId = `group-${name}`;
    const id = await this.database.transaction((tx) =>
      resolveGroup(tx, this.accountId, { id: externalId, name }, this.now),
    );
    return { id, externalId, name };
  }

  /** A person, in a group or in none. */
  async person(name: string, group?: StageGroup): Promise<Actor> {
    const externalId = `person-${name}`;
    const id = await this.database.transaction(async (tx) => {
      const made = (await resolvePeople(tx, this.accountId, [{ id: externalId, name }])).get(externalId) ?? 0;
      if (group) await joined(tx, group.id, [made], this.now);
      return made;
    });
    return new Actor(this, { id, externalId, name }, group);
  }

  /** The check-in code that the cadre's screen shows now, or showed at an instant. */
  async checkInCode(number = 1, at = this.now): Promise<string> {
    const { id } = await this.database.db.activity.findFirstOrThrow({ where: { number } });
    return rotatingCode(this.secret.hash, id, at);
  }

  /** A one-time code, as `lianqing cadre add` makes it. */
  async code(name: string, unit = '信息工程学院委员会'): Promise<string> {
    const { code } = await this.database.transaction((tx) =>
      createCadre(tx, { name, unit, now: this.now, random: this.random, hash: this.secret.hash }),
    );
    return code;
  }

  /** A one-time code, as `lianqing admin add` makes it; the unit is made when it is new. */
  async administratorCode(name: string, unit = '信息工程学院委员会'): Promise<IssuedCode> {
    return this.database.transaction(async (tx) => {
      await addUnit(tx, unit, undefined);
      const { id: unitId } = await tx.unit.findUniqueOrThrow({ where: { name: unit } });
      const issuing = { now: this.now, random: this.random, hash: this.secret.hash };
      return createAdministrator(tx, { name, unitId }, issuing);
    });
  }

  /** A one-time code, as `lianqing operator add` makes it. */
  async operatorCode(name: string): Promise<string> {
    const issuing = { now: this.now, random: this.random, hash: this.secret.hash };
    return (await this.database.transaction((tx) => createOperator(tx, name, issuing))).code;
  }

  /** An administrator who has proved who they are. */
  async administrator(name: string): Promise<Actor> {
    const actor = await this.person(name);
    const said = await actor.whispers(`/绑定 ${(await this.administratorCode(name)).code}`);
    if (!said.text.includes('认证好了')) throw new Error(`not bound: ${said.text}`);
    return actor;
  }

  /** A cadre who has bound a group. */
  async cadre(name: string, group: StageGroup): Promise<Actor> {
    const actor = await this.person(name, group);
    const said = await actor.says(`/绑定 ${await this.code(name)}`);
    if (!said.text.includes('绑定好了')) throw new Error(`not bound: ${said.text}`);
    return actor;
  }

  /** Bytes that look random and are the same in every run. */
  readonly random = (count: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => (this.#bytes = (this.#bytes * 73 + 41) % 251));

  async hear(
    actor: Actor,
    text: string,
    group: StageGroup | undefined,
    more: Partial<MessageEvent>,
    picture?: Picture,
  ): Promise<Said> {
    const event: MessageEvent = {
      type: 'message',
      id: `event-${++this.#events}`,
      at: this.now,
      chat: group ? { kind: 'group', id: group.externalId } : { kind: 'private', id: actor.externalId },
      sender: { id: actor.externalId, name: actor.name },
      kind: 'text',
      text,
      mentions: [],
      mentionsBot: false,
      ...more,
    };
    return this.#handle(actor, group, event, picture);
  }

  async press(actor: Actor, label: string, values: Readonly<Record<string, string>>): Promise<Said> {
    const shown = this.bot.all.find(
      ({ draft }) =>
        draft.type === 'card' &&
        (draft.buttons?.some((button) => button.label === label) || draft.form?.submit === label),
    );
    if (shown?.draft.type !== 'card') throw new Error(`no button “${label}” was shown`);
    const { buttons, form } = shown.draft;
    const command =
      buttons?.find((button) => button.label === label)?.command ??
      (form?.submit === label ? form.command : undefined);
    if (command === undefined) throw new Error(`no button “${label}” was shown`);
    return this.pressed(actor, command, values, 'groupId' in shown.to ? actor.group : undefined);
  }

  /** A press of what some card, however old, stands for. */
  pressed(
    actor: Actor,
    command: string,
    values: Readonly<Record<string, string>>,
    group: StageGroup | undefined,
  ): Promise<Said> {
    const event: PressEvent = {
      type: 'press',
      id: `event-${++this.#events}`,
      at: this.now,
      chat: group ? { kind: 'group', id: group.externalId } : { kind: 'private', id: actor.externalId },
      sender: { id: actor.externalId, name: actor.name },
      command,
      values,
    };
    return this.#handle(actor, group, event);
  }

  async #handle(
    actor: Actor,
    group: StageGroup | undefined,
    event: Situation['event'],
    picture?: Picture,
  ): Promise<Said> {
    const all = await this.database.transaction((tx) =>
      handle({
        db: tx,
        now: this.now,
        event,
        accountId: this.accountId,
        chat: group ? { kind: 'group', groupId: group.id, name: group.name } : { kind: 'private' },
        person: { id: actor.id, name: actor.name },
        secret: this.secret,
        random: this.random,
        abilities: {
          cards: true,
          updates: this.updates,
          model: this.model,
          files: this.files,
          loginByHand: this.loginByHand,
          friendsOnly: this.friendsOnly,
        },
        erased: () => {
          this.erasures++;
        },
        picture,
        helpLines: defaultHelpLines,
        limits: this.limits,
        calendar: this.calendar,
      }),
    );
    for (const { key, draft, to } of all) {
      if (this.#keys.has(key)) throw new Error(`the key ${key} was used before`);
      this.#keys.add(key);
      // Whatever card is shown in any test is one that Feishu would take.
      if (draft.type === 'card') checkCard(cardJson(draft, !('groupId' in to)));
    }
    this.bot = new Said(all, this.secret);
    return this.bot;
  }
}

/** A fresh stage, at 2026-09-02 (a Wednesday) 15:00 in Asia/Shanghai unless told otherwise. */
export async function openStage({
  url = 'file::memory:',
  at = '2026-09-02T15:00:00+08:00',
}: {
  readonly url?: string;
  readonly at?: string;
} = {}): Promise<Stage> {
  const now = parseInstant(at);
  if (now === undefined) throw new Error(`no such time: ${at}`);
  const database = await openDatabase(url);
  return new Stage(database, url, await ensureAccount(database.db, 'stage', 'bot'), now);
}

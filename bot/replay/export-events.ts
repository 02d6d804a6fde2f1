/** An export of a chat as event lines of a real group: whose words are whose, as far as that is certain. */
import { spelled } from '../../domain/recognition/rooms.ts';
import type { Db } from '../../prisma/database.ts';
import { holderOf } from '../../prisma/store/cadres.ts';
import type { ChatExport } from './chat-export.ts';

/** What an import would do, for the person to say yes to. */
export interface ExportPlan {
  readonly group: string;
  readonly cadre: string;
  readonly messages: number;
  readonly from: number;
  readonly until: number;
  /** People of the file who are members of the group, and those who are not known there. */
  readonly known: number;
  readonly unknown: number;
  /** The event lines (design.md, The event file). */
  lines(): AsyncIterable<Uint8Array>;
}

/** The person has to say more before the import can be planned. `forPerson` says what, in Chinese. */
class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly forPerson: string;
  constructor(forPerson: string) {
    super('the export cannot be planned');
    this.forPerson = forPerson;
  }
}

/**
 * Plans the import of an export into a bound group. A name that one alone bears on both sides is the same person;
 * everybody else is somebody who was there once. Throws {@link PlanError}.
 */
export async function planExport(
  db: Db,
  accountId: number,
  chat: ChatExport,
  named: { readonly group?: string | undefined; readonly cadre?: string | undefined },
): Promise<ExportPlan> {
  const [first] = chat.messages;
  if (!first) throw new PlanError('文件里没有可用的消息。');
  const group = await groupFor(db, accountId, chat, named.group);
  const holder = await holderOf(db, group.id);
  if (!holder) throw new PlanError(`“${group.name}”还没有绑定团干部：请先在群里发 /绑定，再来导入。`);
  const members = await db.member.findMany({
    where: { groupId: group.id, person: { bot: false } },
    select: { person: { select: { id: true, name: true, aliases: { select: { externalId: true } } } } },
  });
  const aliasOf = (one: (typeof members)[number]) => one.person.aliases.at(-1)?.externalId;
  const cadreAlias = members.find(({ person }) => person.id === holder.personId);
  const cadreId = cadreAlias && aliasOf(cadreAlias);
  if (!cadreAlias || cadreId === undefined)
    throw new PlanError('还不知道团干部在这个群里是谁：请团干部先在群里说一句话，再来导入。');

  const senders = new Map(chat.messages.map(({ sender, name }) => [sender, name]));
  const bySpelling = groupBy(members, ({ person }) => spelled(person.name));
  const sendersBySpelling = groupBy([...senders], ([, name]) => spelled(name));
  const cadreNames = [named.cadre, cadreAlias.person.name, holder.name].flatMap((name) =>
    name ? [spelled(name)] : [],
  );
  const cadreSpelling = cadreNames.find((name) => sendersBySpelling.get(name)?.length === 1);
  const cadreSender =
    cadreSpelling === undefined ? undefined : sendersBySpelling.get(cadreSpelling)?.[0]?.[0];
  if (cadreSender === undefined)
    throw new PlanError('认不出文件里哪一位是团干部：请用 --cadre 写上团干部在文件里的名字。');

  const ids = new Map<string, string>();
  let known = 0;
  for (const [sender, name] of senders) {
    const [member, ...others] = bySpelling.get(spelled(name)) ?? [];
    const isOnly = others.length === 0 && sendersBySpelling.get(spelled(name))?.length === 1;
    const id = member && isOnly && member !== cadreAlias ? aliasOf(member) : undefined;
    if (id !== undefined) known++;
    ids.set(sender, id ?? `export/${group.id}/${sender}`);
  }
  ids.set(cadreSender, cadreId);
  const times = chat.messages.map(({ at }) => at);
  const from = times.reduce((a, b) => Math.min(a, b));
  return {
    group: group.name,
    cadre: senders.get(cadreSender) ?? '',
    messages: chat.messages.length,
    from,
    until: times.reduce((a, b) => Math.max(a, b)),
    known: known + 1,
    unknown: senders.size - known - 1,
    async *lines() {
      const encoder = new TextEncoder();
      const told = new Set<string>();
      const line = (event: object) =>
        encoder.encode(`${JSON.stringify({ group: group.externalId, ...event })}\n`);
      yield line({ type: 'group', id: `export/${group.id}/${from}`, at: iso(from), cadre: cadreId });
      for (const { id, at, sender, name, kind, text } of chat.messages) {
        const who = ids.get(sender) ?? sender;
        yield line({ type: 'message', id, at: iso(at), sender: who, kind, text });
        // Once, for the name: they were there, and nobody knows more.
        if (!who.startsWith('export/') || told.has(who)) continue;
        told.add(who);
        yield line({ type: 'leave', id: `${id}/name`, at: iso(at), member: who, name });
      }
    },
  };
}

async function groupFor(db: Db, accountId: number, chat: ChatExport, named: string | undefined) {
  if (chat.chats.length > 1 && named === undefined)
    throw new PlanError(`文件里有 ${chat.chats.length} 个聊天，请在导出工具里只导出一个群。`);
  const groups = (
    await db.group.findMany({
      where: { accountId, leftAt: null, unmatchedAt: null, bindings: { some: {} } },
      select: { id: true, name: true, aliases: { select: { externalId: true } } },
      orderBy: { id: 'asc' },
    })
  ).flatMap(({ id, name, aliases }) => {
    const externalId = aliases.at(-1)?.externalId;
    return externalId === undefined ? [] : [{ id, name, externalId }];
  });
  const wanted = named ?? chat.chats[0];
  const same = wanted === undefined ? groups : groups.filter(({ name }) => spelled(name) === spelled(wanted));
  const [only, ...others] = same.length === 0 && named === undefined ? groups : same;
  if (only && others.length === 0) return only;
  throw new PlanError(
    groups.length === 0
      ? '还没有绑定了团干部的群：请先把机器人拉进群、由团干部 /绑定，再来导入。'
      : `请用 --group 写明导入到哪个群：${groups.map(({ name }) => name || '未命名的群').join('、')}`,
  );
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

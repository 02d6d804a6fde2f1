/** Pictures of a demand: sent privately by its asker, seen by its cadre, gone with it. Anonymous ones have none. */

import { dayOf } from '../../../domain/calendar/day.ts';
import { inHand } from '../../../domain/listening/demand.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { cadreOfGroup } from '../../../prisma/store/cadres.ts';
import { keepQuestion, takeQuestion, waitingQuestion } from '../../../prisma/store/confirmations.ts';
import { addDemandPhoto, dropDemandPhotos, photosOfDemand } from '../../../prisma/store/demand-photos.ts';
import { type DemandRow, personOf } from '../../../prisma/store/demand-rows.ts';
import { demandNumbered } from '../../../prisma/store/demands.ts';
import { number } from '../../dialogue/arguments.ts';
import { action, type ContextFor, type Saying, type Situation } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { notice, reply } from '../../dialogue/say.ts';
import { photoChat, photoWindowMs } from '../deeds/deed-choice.ts';

type YouthHere = ContextFor<'youth', 'group'>;

/** Where it is kept which demand the pictures that somebody sends go to. */
export const demandPhotoChat = 'demand-photos';
const photosAtMost = 3;
const which = '请写你的诉求编号，发 /我的 看得到';
const minutes = photoWindowMs / 60_000;

const common = { who: 'youth', where: 'private', about: 'group', confirm: false } as const;

/** What an asker does about pictures, under 诉求. */
export const photoActions = [
  action({
    ...common,
    name: '照片',
    aliases: ['图片', '加照片'],
    summary: `给自己的诉求配照片，最多 ${photosAtMost} 张：发完这句，${minutes} 分钟内把照片私聊发给我。只有团干部看得到`,
    examples: ['/诉求 照片 3'],
    arguments: number(which),
    run: async (context, wanted) => {
      const row = await ownNumbered(context, wanted.number);
      await awaitPhotos(context, row);
      return [reply(context, `请把第 ${row.number} 号的照片直接发给我，${minutes} 分钟内都算它的。`)];
    },
  }),
  action({
    ...common,
    name: '删照片',
    summary: '把自己一条诉求的照片都去掉',
    examples: ['/诉求 删照片 3'],
    arguments: number(which),
    run: async (context, wanted) => {
      const row = await ownNumbered(context, wanted.number);
      const gone = await dropDemandPhotos(context.db, row.id);
      await takeQuestion(context.db, context.person.id, demandPhotoChat);
      if (gone === 0) return [reply(context, `第 ${row.number} 号没有照片。`)];
      await audit(context, 'demand.photo-drop', row);
      return [reply(context, `第 ${row.number} 号的 ${gone} 张照片去掉了，夜里连文件一起删。`)];
    },
  }),
];

/** From now on pictures that its asker sends privately go to a demand, and to nothing else of theirs. */
export async function awaitPhotos(
  { db, person, now }: Pick<Situation, 'db' | 'person' | 'now'>,
  row: DemandRow,
): Promise<void> {
  const expiresAt = now + photoWindowMs;
  await takeQuestion(db, person.id, photoChat);
  await keepQuestion(db, {
    personId: person.id,
    chat: demandPhotoChat,
    command: `${row.groupId} ${row.number}`,
    expiresAt,
  });
}

/** What is said of a picture for a demand; undefined where none of the person's waits for it. */
export async function takeDemandPicture(situation: Situation): Promise<readonly Saying[] | undefined> {
  const { db, person, now, picture } = situation;
  const wanted = await waitingQuestion(db, person.id, demandPhotoChat, now);
  if (wanted === undefined) return undefined;
  const [groupId = 0, wantedNumber = 0] = wanted.split(' ').map(Number);
  const row = await demandNumbered(db, groupId, wantedNumber);
  if (!row || personOf(row) !== person.id || !takesPhotos(row))
    return [reply(situation, `第 ${wantedNumber} 号诉求已经不在办了，这张照片我没有留。`)];
  if (picture?.kind !== 'kept')
    return [reply(situation, picture?.say ?? '这张照片没有收到，请过一会儿再发一次。')];
  if (!(await addDemandPhoto(db, row, picture.file, now, photosAtMost)))
    return [reply(situation, `一条诉求最多 ${photosAtMost} 张照片，这张没有放进去。`)];
  await audit(situation, 'demand.photo', row);
  const count = (await photosOfDemand(db, row.id)).length;
  const cadre = await cadreOfGroup(db, row.groupId, dayOf(now));
  const group = await db.group.findUnique({ where: { id: row.groupId }, select: { id: true, name: true } });
  const told = `“${nameOf(group ?? { id: 0, name: '' })}”第 ${row.number} 号诉求补了照片，发 /问题清单 查看 ${row.number} 看得到。`;
  return [
    reply(
      situation,
      `照片放进第 ${row.number} 号了（共 ${count} 张），拍摄地点等附带信息已经去掉，只有团干部看得到。发错了，发 /诉求 删照片 ${row.number}。`,
    ),
    ...(cadre && count === 1 ? [notice(cadre.personId, told)] : []),
  ];
}

/** A demand's pictures, for its cadre. */
export async function picturesOf(situation: Situation, row: DemandRow): Promise<readonly Saying[]> {
  const files = await photosOfDemand(situation.db, row.id);
  return files.map((file, n) =>
    reply(situation, { type: 'photo', file, alt: `第 ${row.number} 号诉求的照片 ${n + 1}` }),
  );
}

async function ownNumbered({ db, group, person }: YouthHere, wanted: number): Promise<DemandRow> {
  const row = await demandNumbered(db, group.id, wanted);
  if (!row || personOf(row) !== person.id)
    throw new CommandFault(
      'not one’s own',
      `你没有第 ${wanted} 号诉求，发 /我的 看看编号。匿名的诉求不收照片：照片里的东西和时间可能露出是谁。`,
    );
  if (!takesPhotos(row))
    throw new CommandFault('it is over', `第 ${wanted} 号诉求已经不在办了，不用再配照片。`);
  return row;
}

function takesPhotos({ state }: DemandRow): boolean {
  return inHand.includes(state) || state === 'answered' || state === 'merged';
}

async function audit({ db, secret, now, person }: Situation, what: string, { id }: DemandRow): Promise<void> {
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: what,
    subject: `demand:${id}`,
  });
}

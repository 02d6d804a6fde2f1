/** A picture sent privately: into the deed or the demand that waits for pictures. */
import { dayOf } from '../../domain/calendar/day.ts';
import { isPrivate } from '../../domain/deeds/deed.ts';
import { deedKinds, gradeNames } from '../../domain/deeds/kinds.ts';
import { recordAudit } from '../../prisma/store/audit.ts';
import { type CadreOfPerson, cadreOfPerson } from '../../prisma/store/cadres.ts';
import { waitingQuestion } from '../../prisma/store/confirmations.ts';
import { addPhoto, deedNumbered, deedsOf } from '../../prisma/store/deeds.ts';
import { waitingHere } from './answer.ts';
import type { Saying, Situation } from './command.ts';
import { photoChat } from './deed.ts';
import { takeDemandPicture } from './demand-photos.ts';
import { card, reply } from './say.ts';

/** Pictures of one deed. */
const photosAtMost = 9;
const offered = 3;
/** Deeds of so many days are offered. */
const offeredDays = 31;
const notKept = '这张照片我没有留。要给自己的诉求配照片，请先发 /诉求 照片 加编号，再发照片。';

/** What is said of a picture; undefined where it was not sent privately. */
export async function takePicture(situation: Situation): Promise<readonly Saying[] | undefined> {
  const { event, chat } = situation;
  if (event.type !== 'message' || event.kind !== 'image' || chat.kind !== 'private') return undefined;
  const ofDemand = await takeDemandPicture(situation);
  if (ofDemand) return ofDemand;
  const cadre = await cadreOfPerson(situation.db, situation.person.id);
  const said = cadre ? await takeDeedPicture(situation, cadre) : reply(situation, notKept);
  return said && [said];
}

async function takeDeedPicture(situation: Situation, cadre: CadreOfPerson): Promise<Saying | undefined> {
  const { db, person, now, picture, secret } = situation;
  const wanted = await waitingQuestion(db, person.id, photoChat, now);
  const row = wanted === undefined ? undefined : await deedNumbered(db, cadre.id, Number(wanted));
  if (!row || isPrivate(row.kind))
    // Whatever waits for a yes comes first.
    return (await waitingHere(situation)) === undefined ? offer(situation, cadre.id) : undefined;
  if (picture?.kind !== 'kept')
    return reply(situation, picture?.say ?? '这张照片没有收到，请过一会儿再发一次。');
  if (!(await addPhoto(db, row.id, picture.file, now, photosAtMost)))
    return reply(situation, `一条记录最多 ${photosAtMost} 张照片，这张没有放进去。`);
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'deed.photo',
    subject: `deed:${row.id}`,
  });
  const after = await deedNumbered(db, cadre.id, row.number);
  return reply(
    situation,
    `照片放进第 ${row.number} 条了（共 ${row.photos + 1} 张），拍摄地点等附带信息已经去掉。现在是“${gradeNames[after?.grade ?? row.grade]}”。`,
  );
}

async function offer(situation: Situation, cadreId: number): Promise<Saying> {
  const today = dayOf(situation.now);
  const period = { from: today - offeredDays, to: today };
  const rows = (await deedsOf(situation.db, cadreId, period)).filter(({ kind }) => !isPrivate(kind));
  if (rows.length === 0)
    return reply(
      situation,
      '这张照片我没有留。要给一次工作配照片，请先记下它，比如：/记 走访 昨天 电气系宿舍',
    );
  return reply(
    situation,
    card(
      '这张照片是哪一次的？',
      '我还没有留它。请点一下是哪一条，再把照片发一遍。',
      rows.slice(0, offered).map(({ number, kind }) => ({
        label: `第 ${number} 条　${deedKinds[kind].name}`,
        command: `/记 照片 ${number}`,
      })),
    ),
  );
}

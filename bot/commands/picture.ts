/** A picture that is sent privately: into the deed that waits for pictures, or on to whoever's wish was fulfilled. */
import { dayOf } from '../../domain/calendar/day.ts';
import { isPrivate } from '../../domain/deeds/deed.ts';
import { deedKinds, gradeNames } from '../../domain/deeds/kinds.ts';
import { recordAudit } from '../../prisma/store/audit.ts';
import { cadreOfPerson } from '../../prisma/store/cadres.ts';
import { waitingQuestion } from '../../prisma/store/confirmations.ts';
import { addPhoto, deedNumbered, deedsOf } from '../../prisma/store/deeds.ts';
import { waitingHere } from './answer.ts';
import type { Saying, Situation } from './command.ts';
import { photoChat } from './deed.ts';
import { card, reply } from './say.ts';
import { passPicture, wishOfPicture } from './wish-claim.ts';

/** Pictures of one deed. */
const photosAtMost = 9;
const offered = 3;
/** Deeds of so many days are offered. */
const offeredDays = 31;

/** What is said of a picture that is sent privately: into the wish or the deed that waits for one; undefined where none does. */
export async function takePicture(situation: Situation): Promise<readonly Saying[] | undefined> {
  const { db, event, chat, person, now, picture } = situation;
  if (event.type !== 'message' || event.kind !== 'image' || chat.kind !== 'private') return undefined;
  const wanted = await waitingQuestion(db, person.id, photoChat, now);
  const wish = await wishOfPicture(situation, wanted);
  if (wish && picture?.kind !== 'kept') return [reply(situation, picture?.say ?? notReceived)];
  if (wish && picture?.kind === 'kept') return passPicture(situation, wish, picture.file);
  const said = await intoDeed(situation, wanted);
  return said && [said];
}

const notReceived = '这张照片没有收到，请过一会儿再发一次。';

async function intoDeed(situation: Situation, wanted: string | undefined): Promise<Saying | undefined> {
  const { db, person, now, picture, secret } = situation;
  const cadre = await cadreOfPerson(db, person.id);
  if (!cadre) return undefined;
  const row = /^\d+$/.test(wanted ?? '') ? await deedNumbered(db, cadre.id, Number(wanted)) : undefined;
  if (!row || isPrivate(row.kind))
    // Whatever waits for a yes comes first.
    return (await waitingHere(situation)) === undefined ? offer(situation, cadre.id) : undefined;
  if (picture?.kind !== 'kept') return reply(situation, picture?.say ?? notReceived);
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

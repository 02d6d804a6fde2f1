/** A picture or document sent privately: into the demand or the deed that waits for them, or on to whoever's wish was fulfilled. */
import { dayOf } from '../../domain/calendar/day.ts';
import { isPrivate } from '../../domain/deeds/kind-words.ts';
import { deedKinds, gradeNames } from '../../domain/deeds/kinds.ts';
import { recordAudit } from '../../prisma/store/audit.ts';
import { cadreOfPerson } from '../../prisma/store/cadres.ts';
import { waitingQuestion } from '../../prisma/store/confirmations.ts';
import { addPhoto } from '../../prisma/store/deed-evidence.ts';
import { activityOfDeed, deedNumbered, deedsOf } from '../../prisma/store/deeds.ts';
import { waitingHere } from '../dialogue/answer.ts';
import type { Saying, Situation } from '../dialogue/command.ts';
import { card, reply } from '../dialogue/say.ts';
import { documentEnding } from '../photos/photos.ts';
import { photoChat } from './deeds/deed-choice.ts';
import { takeDemandPicture } from './listening/demand-photos.ts';
import { passPicture, wishOfPicture } from './voices/wish-claim.ts';

/** Pictures of one deed. */
const photosAtMost = 9;
const offered = 3;
/** Deeds of so many days are offered. */
const offeredDays = 31;
const notKept = '这张照片我没有留。要给自己的诉求配照片，请先发 /诉求 照片 加编号，再发照片。';

/**
 * What is said of a picture or a document that is sent privately: into the wish or the deed that waits for one; undefined
 * where none does.
 */
export async function takePicture(situation: Situation): Promise<readonly Saying[] | undefined> {
  const { db, event, chat, person, now, picture } = situation;
  if (event.type !== 'message' || chat.kind !== 'private') return undefined;
  if (event.kind !== 'image' && event.kind !== 'file') return undefined;
  const what = event.kind === 'file' ? '文件' : '照片';
  if (event.kind === 'image') {
    const ofDemand = await takeDemandPicture(situation);
    if (ofDemand) return ofDemand;
  }
  const wanted = await waitingQuestion(db, person.id, photoChat, now);
  const wish = await wishOfPicture(situation, wanted);
  if (wish) {
    if (picture?.kind !== 'kept') return [reply(situation, picture?.say ?? notReceived(what))];
    // Known by its bytes, whatever it was sent as.
    if (documentEnding(picture.file) !== undefined)
      return [reply(situation, '心愿只转照片，文件没有留。可以在群里说一声怎么拿，或者截张图发我。')];
    return passPicture(situation, wish, picture.file);
  }
  const said = await intoDeed(situation, wanted, what);
  if (said) return [said];
  const isYouth = event.kind === 'image' && !(await cadreOfPerson(db, person.id));
  return isYouth ? [reply(situation, notKept)] : undefined;
}

function notReceived(what: string): string {
  return `${what}没有收到，请过一会儿再发一次。`;
}

async function intoDeed(
  situation: Situation,
  wanted: string | undefined,
  what: string,
): Promise<Saying | undefined> {
  const { db, person, now, picture, secret } = situation;
  const cadre = await cadreOfPerson(db, person.id);
  if (!cadre) return undefined;
  const row = /^\d+$/.test(wanted ?? '') ? await deedNumbered(db, cadre.id, Number(wanted)) : undefined;
  if (!row || isPrivate(row.kind))
    // Whatever waits for a yes comes first.
    return (await waitingHere(situation)) === undefined ? offer(situation, cadre.id, what) : undefined;
  if (picture?.kind !== 'kept') return reply(situation, picture?.say ?? notReceived(what));
  if (!(await addPhoto(db, row.id, picture.file, now, photosAtMost)))
    return reply(situation, `一条记录最多 ${photosAtMost} 份照片和文件，这份没有放进去。`);
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'deed.photo',
    subject: `deed:${row.id}`,
  });
  const after = await deedNumbered(db, cadre.id, row.number);
  const grade = `现在是“${gradeNames[after?.grade ?? row.grade]}”。`;
  if (documentEnding(picture.file) !== undefined)
    return reply(
      situation,
      `文件放进第 ${row.number} 条了（共 ${row.photos + 1} 份），原样保存在本机，只有您看得到。${grade}`,
    );
  const kept = `照片放进第 ${row.number} 条了（共 ${row.photos + 1} 份），拍摄地点等附带信息已经去掉。${grade}`;
  const activity = await activityOfDeed(db, row.id);
  if (activity === undefined) return reply(situation, kept);
  return reply(
    situation,
    card('照片收好了', `${kept}\n还有照片就接着发；都发完了，可以发到群里给大家看看，发之前我再问您一句。`, [
      { label: '发到群里', command: `/活动 精彩时刻 ${activity}` },
    ]),
  );
}

async function offer(situation: Situation, cadreId: number, what: string): Promise<Saying> {
  const today = dayOf(situation.now);
  const period = { from: today - offeredDays, to: today };
  const rows = (await deedsOf(situation.db, cadreId, period)).filter(({ kind }) => !isPrivate(kind));
  if (rows.length === 0)
    return reply(
      situation,
      `这份${what}我没有留。要配给一次工作，请先记下它，比如：/记 走访 昨天 电气系宿舍。活动的照片，办完发了 /活动 结束 再发给我。`,
    );
  return reply(
    situation,
    card(
      `这份${what}是哪一次的？`,
      `我还没有留它。请点一下是哪一条，再把${what}发一遍。`,
      rows.slice(0, offered).map(({ number, kind }) => ({
        label: `第 ${number} 条　${deedKinds[kind].name}`,
        command: `/记 照片 ${number}`,
      })),
    ),
  );
}

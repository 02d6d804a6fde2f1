/** An activity that is over becomes a deed of its cadre, with its check-ins as the evidence. */
import { hoursOf } from '../../../domain/activities/activity.ts';
import { dayOf } from '../../../domain/calendar/day.ts';
import { type DeedWords, isWith, mayBeSame } from '../../../domain/deeds/deed.ts';
import { gradeNames } from '../../../domain/deeds/kinds.ts';
import type { ActivityRow } from '../../../prisma/store/activities.ts';
import { recordAudit } from '../../../prisma/store/audit.ts';
import { keepQuestion } from '../../../prisma/store/confirmations.ts';
import { addDeed, deedsOf } from '../../../prisma/store/deeds.ts';
import { nameOf } from '../../dialogue/place.ts';
import { photoChat, photoWindowMs } from '../deeds/deed-choice.ts';
import type { CadreHere } from './activity-choice.ts';

/** Records the deed and says so; one that may be recorded already is left to the cadre. */
export async function recordActivity(context: CadreHere, row: ActivityRow, came: number): Promise<string> {
  const { db, cadre, group, person, now, secret } = context;
  const deed: DeedWords = {
    kind: row.kind,
    day: dayOf(row.startsAt),
    at: row.startsAt,
    partner: [...nameOf(group)].slice(0, 60).join(''),
    topic: row.title,
    participants: came > 0 ? came : undefined,
  };
  const [same] = (await deedsOf(db, cadre.id, { from: deed.day, to: deed.day })).filter((other) =>
    mayBeSame({ ...deed, partner: '' }, { ...other, partner: '' }),
  );
  if (same) return `和您记过的第 ${same.number} 条很像，没有另记；确实是两回事，再发 /记 补一条。`;
  const { branch, club } = await db.cadre.findUniqueOrThrow({
    where: { id: cadre.id },
    select: { branch: true, club: true },
  });
  const found = { messages: false, withBranch: isWith(deed, branch), withClub: isWith(deed, club) };
  const kept = await addDeed(db, cadre.id, { ...deed, ...found }, now, row.id);
  await recordAudit(db, secret.hash, {
    at: now,
    actor: `person:${person.id}`,
    action: 'deed.add',
    subject: `deed:${kept.id}`,
  });
  await keepQuestion(db, {
    personId: person.id,
    chat: photoChat,
    command: String(kept.number),
    expiresAt: now + photoWindowMs,
  });
  return `已记进工作纪实第 ${kept.number} 条（${hoursOf(row)} 小时，${gradeNames[kept.grade]}）；30 分钟内把照片私聊发给我，就放进这一条。`;
}

/** 活动 海报, 精彩时刻: a poster to pass on, and pictures of what was. */
import { hoursOf } from '../../../domain/activities/activity.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import { photosOf } from '../../../prisma/store/deed-evidence.ts';
import { deedOfActivity } from '../../../prisma/store/deeds.ts';
import type { Question, Saying } from '../../dialogue/command.ts';
import { CommandFault } from '../../dialogue/fault.ts';
import { nameOf } from '../../dialogue/place.ts';
import { post, reply } from '../../dialogue/say.ts';
import { documentEnding } from '../../photos/photos.ts';
import { type CadreHere, findActivity } from './activity-choice.ts';
import { activityKey, titleOf } from './activity-words.ts';

/** Pictures of one activity in the group. */
const shownAtMost = 3;

interface Wanted {
  readonly number: number;
}

/** A poster with a QR code that gives the words to sign up by. */
export async function showPoster(context: CadreHere, wanted: Wanted): Promise<readonly Saying[]> {
  const row = await findActivity(context, wanted.number);
  if (row.closedAt !== undefined)
    throw new CommandFault('the activity is closed', `${titleOf(row)} 已经结束或取消了。`);
  return [
    reply(context, {
      type: 'poster',
      title: row.title,
      lines: [
        formatDateTimeRange(row.startsAt, row.endsAt, context.now),
        row.offline ? row.place : `线上${row.place && `　${row.place}`}`,
        ...(row.kind === 'volunteering' ? [`志愿服务，${hoursOf(row)} 小时`] : []),
        ...(row.capacity === undefined ? [] : [`名额 ${row.capacity} 人，满了可以候补`]),
        nameOf(context.group),
      ].filter(Boolean),
      qr: { text: `/报名 ${row.number}`, caption: '扫一扫，把得到的那行字发到群里就报名了。来不来都随你' },
    }),
  ];
}

/** Asks before pictures of people are shown to a group. */
export async function askToShow(context: CadreHere, wanted: Wanted): Promise<Question> {
  const { row, photos } = await pictures(context, wanted);
  return {
    text: `要把“${titleOf(row)}”的 ${Math.min(photos.length, shownAtMost)} 张照片发到“${nameOf(context.group)}”吗？请先确认照片里的人都愿意。`,
  };
}

/** Posts the pictures of an activity into its group (精彩时刻). */
export async function showMoments(context: CadreHere, wanted: Wanted): Promise<readonly Saying[]> {
  const { row, photos } = await pictures(context, wanted);
  const shown = photos.slice(0, shownAtMost).map((file) =>
    post(
      context.group.id,
      { type: 'photo', file, alt: `${titleOf(row)}　精彩时刻` },
      // A picture is shown once, however often it is asked for.
      { key: `${activityKey(row.id)}/photo/${file}` },
    ),
  );
  return context.chat.kind === 'group' ? shown : [...shown, reply(context, '精彩时刻发到群里了。')];
}

async function pictures(context: CadreHere, wanted: Wanted) {
  const row = await findActivity(context, wanted.number);
  const deed = await deedOfActivity(context.db, row.id);
  // A document is evidence, nothing to be shown around.
  const photos = (deed ? await photosOf(context.db, deed.id) : []).filter(
    (file) => documentEnding(file) === undefined,
  );
  if (deed?.cadreId !== context.cadre.id || photos.length === 0)
    throw new CommandFault(
      'no pictures',
      deed
        ? `还没有照片：私聊我发 /记 照片 ${deed.number}，再把照片发给我。`
        : '活动结束以后才有精彩时刻：先发 /活动 结束，再把照片私聊发给我。',
    );
  return { row, photos };
}

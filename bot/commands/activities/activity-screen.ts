/** 活动 签到码: the rotating code on the cadre's own screen, in words and as a QR code. */
import { checkInHours } from '../../../domain/activities/activity.ts';
import { codeShownUntil, codeStepMs, rotatingCode } from '../../../domain/activities/rotating-code.ts';
import { formatDateTimeRange } from '../../../domain/calendar/format-datetime.ts';
import type { ActivityRow } from '../../../prisma/store/activities.ts';
import type { Saying } from '../../dialogue/command.ts';
import { card, reply } from '../../dialogue/say.ts';
import type { Draft } from '../../outbox/message.ts';
import { type CadreHere, openActivity } from './activity-choice.ts';
import { titleOf } from './activity-words.ts';

/** For how long the card changes by itself, where the platform lets cards change. */
const shownForMs = 10 * 60_000;

/** Without a number the only open activity is meant. */
interface Wanted {
  readonly number: number | undefined;
}

/** Shows the code of now; where cards can change in place, it goes on with the next ones. */
export async function showCode(context: CadreHere, { number }: Wanted): Promise<readonly Saying[]> {
  const chosen = await openActivity(context, number, '看哪个活动的签到码？', '/活动 签到码');
  if ('ask' in chosen) return [reply(context, chosen.ask)];
  const { row } = chosen;
  const { now, event, accountId } = context;
  const closed = row.closedAt !== undefined || now > checkInHours(row).until;
  if (closed) return [reply(context, `${titleOf(row)} 的签到已经结束了。`)];
  const key = `check-in/${accountId}/${event.id}`;
  const first = { ...reply(context, codeCard(context, row, now)), key, expiresAt: codeShownUntil(now) };
  if (!context.abilities.updates) return [first];
  const later: Saying[] = [];
  for (let at = codeShownUntil(now); at < now + shownForMs; at += codeStepMs)
    later.push({
      ...reply(context, codeCard(context, row, at)),
      key: `${key}/${at}`,
      updates: key,
      notBefore: at,
      expiresAt: at + codeStepMs,
    });
  return [first, ...later];
}

/** The QR code of now as a picture: scanned, it gives the words to send to the bot. */
export async function showQr(context: CadreHere, { number }: Wanted): Promise<readonly Saying[]> {
  const chosen = await openActivity(context, number, '画哪个活动的二维码？', '/活动 二维码');
  if ('ask' in chosen) return [reply(context, chosen.ask)];
  const { row } = chosen;
  const { now, secret } = context;
  const code = rotatingCode(secret.hash, row.id, now);
  return [
    {
      ...reply(context, {
        type: 'poster',
        title: titleOf(row),
        lines: [`签到码 ${code}`, '一分钟后作废，请当场扫、当场发'],
        qr: { text: `/签到 ${row.number} ${code}`, caption: '扫一扫，把得到的那行字发给我就签到了' },
      }),
      // Drawn too late it would show a code that nobody can use.
      expiresAt: now + codeStepMs,
    },
  ];
}

function codeCard({ secret, group }: CadreHere, row: ActivityRow, at: number): Draft {
  const { from, until } = checkInHours(row);
  const show = row.offline ? '请在现场给大家看，或念出来' : '开始后再给大家看';
  return card(
    `${titleOf(row)}　签到码 ${rotatingCode(secret.hash, row.id, at)}`,
    `${show}。每 30 秒换一个，一分钟后作废，抄走也没用。\n${formatDateTimeRange(from, until, at)} 可签。忘带手机的，用 /活动 点名 ${row.number}。`,
    [
      { label: '换一个', command: `/活动 签到码 群#${group.id} ${row.number}`, style: 'primary' },
      { label: '二维码', command: `/活动 二维码 群#${group.id} ${row.number}` },
    ],
  );
}

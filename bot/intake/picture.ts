/** Fetches a picture or document that somebody was asked for, before its event is worked on; nobody else's is looked at. */
import type { Adapter, ChatEvent } from '../../adapters/adapter.ts';
import type { Database } from '../../prisma/database.ts';
import { waitingQuestion } from '../../prisma/store/confirmations.ts';
import { photoChat } from '../commands/deeds/deed-choice.ts';
import { demandPhotoChat } from '../commands/listening/demand-photos.ts';
import type { Picture } from '../dialogue/command.ts';
import type { Photos } from '../photos/photos.ts';
import { maxPhotoBytes, PhotoFault } from '../photos/reencode.ts';

/**
 * The picture or document of an event, kept, where its sender has a demand, a deed or a wish that waits for one; undefined for everything else. What
 * the platform or the disk refuses is thrown: the event is tried again.
 */
export async function pictureOf(
  event: ChatEvent,
  parts: {
    readonly database: Database;
    readonly accountId: number;
    readonly adapter: Pick<Adapter, 'download'>;
    readonly photos: Photos | undefined;
    readonly now: number;
  },
): Promise<Picture | undefined> {
  if (event.type !== 'message' || event.chat.kind !== 'private') return undefined;
  if (event.kind !== 'image' && event.kind !== 'file') return undefined;
  const { database, accountId, adapter, photos, now } = parts;
  const alias = await database.db.personAlias.findUnique({
    where: { accountId_externalId: { accountId, externalId: event.sender.id } },
    select: { personId: true },
  });
  const waits = async (chat: string) =>
    alias !== null && (await waitingQuestion(database.db, alias.personId, chat, now)) !== undefined;
  if (!(await waits(photoChat)) && !(await waits(demandPhotoChat))) return undefined;
  if (!adapter.download || !photos || !event.file)
    return { kind: 'fault', say: '在这个平台上我还收不到照片和文件，这一条就先不配了吧。' };
  if (event.file.size !== undefined && event.file.size > maxPhotoBytes)
    return {
      kind: 'fault',
      say: `${event.kind === 'file' ? '文件' : '照片'}太大了，请发 ${maxPhotoBytes / 1024 / 1024} MB 以内的。`,
    };
  const bytes = await adapter.download(event, maxPhotoBytes);
  try {
    return { kind: 'kept', file: await photos.keep(bytes) };
  } catch (fault) {
    if (fault instanceof PhotoFault) return { kind: 'fault', say: fault.forPerson };
    throw fault;
  }
}

import type { Call, Context, Routes } from './call.ts';
import { ApiError } from './faults.ts';
import { partsOf } from './multipart.ts';

const imageBytes = 10 * 1024 * 1024;
const fileBytes = 30 * 1024 * 1024;
/** `im:message` does not do for uploads. */
const resourceScopes = ['im:resource', 'im:resource:upload'];

function upload(call: Call, field: string, most: number): { readonly name: string; readonly bytes: Buffer } {
  const parts = partsOf(call.headers['content-type'] ?? '', call.body);
  const part = parts?.get(field);
  if (!part) throw new ApiError(234001, 'Invalid request param.');
  if (part.bytes.length === 0) throw new ApiError(234010);
  if (part.bytes.length > most) throw new ApiError(234006);
  const name = parts?.get('file_name')?.bytes.toString() ?? part.fileName ?? field;
  return { name, bytes: Buffer.from(part.bytes) };
}

function download(key: string, { tenant }: Context) {
  const stored = tenant.world.files.get(key);
  if (!stored) throw new ApiError(234003);
  return { download: { bytes: stored.bytes, name: stored.name } };
}

/** Pictures and files: the bot's uploads, and what people sent. */
export const fileRoutes: Routes = {
  'POST /open-apis/im/v1/images': (call, { tenant }) => {
    tenant.app.need(...resourceScopes);
    const { name, bytes } = upload(call, 'image', imageBytes);
    return { data: { image_key: tenant.world.addFile('image', name, bytes).key } };
  },
  'POST /open-apis/im/v1/files': (call, { tenant }) => {
    tenant.app.need(...resourceScopes);
    const { name, bytes } = upload(call, 'file', fileBytes);
    return { data: { file_key: tenant.world.addFile('file', name, bytes).key } };
  },
  'GET /open-apis/im/v1/images/:key': (call, context) => download(call.params.key ?? '', context),
  'GET /open-apis/im/v1/files/:key': (call, context) => download(call.params.key ?? '', context),
  'GET /open-apis/im/v1/messages/:message_id/resources/:key': (call, context) => {
    const { app, world } = context.tenant;
    app.need('im:message', 'im:message:readonly');
    const key = call.params.key ?? '';
    const message = world.messages.get(call.params.message_id ?? '');
    if (message?.deleted) throw new ApiError(230011);
    if (!message?.content.includes(`"${key}"`)) throw new ApiError(234003);
    // A file is not handed out as a picture, nor a picture as a file.
    if (call.query.get('type') !== (message.type === 'image' ? 'image' : 'file')) throw new ApiError(234001);
    if (!world.chats.get(message.chatId)?.botIn) throw new ApiError(234009, 'Lark bot is not in the chat.');
    return download(key, context);
  },
};

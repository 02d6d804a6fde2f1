import type { Call, Context, Routes } from './call.ts';
import { ApiError } from './faults.ts';

const imageBytes = 10 * 1024 * 1024;
const fileBytes = 30 * 1024 * 1024;
const resourceScopes = ['im:resource', 'im:resource:upload', 'im:message'];

async function upload(
  call: Call,
  field: string,
  most: number,
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(call.body), {
      headers: { 'content-type': call.headers['content-type'] ?? '' },
    }).formData();
  } catch {
    throw new ApiError(234001, 'Invalid request param.');
  }
  const part = form.get(field);
  if (part === null || typeof part === 'string') throw new ApiError(234001, 'Invalid request param.');
  const bytes = Buffer.from(await part.arrayBuffer());
  if (bytes.length === 0) throw new ApiError(234010);
  if (bytes.length > most) throw new ApiError(234006);
  const stated = form.get('file_name');
  return { name: typeof stated === 'string' ? stated : part.name, bytes };
}

function download(key: string, { tenant }: Context) {
  const stored = tenant.world.files.get(key);
  if (!stored) throw new ApiError(234003);
  return { download: { bytes: stored.bytes, name: stored.name } };
}

/** Pictures and files: the bot's uploads, and what people sent. */
export const fileRoutes: Routes = {
  'POST /open-apis/im/v1/images': async (call, { tenant }) => {
    tenant.app.need(...resourceScopes);
    const { name, bytes } = await upload(call, 'image', imageBytes);
    return { data: { image_key: tenant.world.addFile('image', name, bytes).key } };
  },
  'POST /open-apis/im/v1/files': async (call, { tenant }) => {
    tenant.app.need(...resourceScopes);
    const { name, bytes } = await upload(call, 'file', fileBytes);
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
    if (!world.chats.get(message.chatId)?.botIn) throw new ApiError(234009, 'Lark bot is not in the chat.');
    return download(key, context);
  },
};

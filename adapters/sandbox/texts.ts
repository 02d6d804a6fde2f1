/** Chinese prose of the sandbox's server side; the page's own stands in `page/texts.js`. */
export const texts = {
  botName: '联青',
  groupName: '张晓的 1+100 青年群',
  local: '沙盒：所有内容只在这台电脑上，不会发到任何地方',

  portTaken: (port: number) =>
    `端口 ${port} 已被别的程序占用。请关掉占用它的程序，或换一个端口再启动，例如：PORT=${port + 1} npm start`,
  portRefused: (port: number) =>
    `端口 ${port} 打不开（没有权限或不可用）。请换一个 1024 以上的端口再启动，例如：PORT=8100 npm start`,
  dataUnusable: (dir: string) =>
    `沙盒的数据文件夹读不了或写不了：${dir}。请检查它是否存在、是否有读写权限、磁盘是否已满。`,

  badHost: '这个页面只能在本机用 127.0.0.1 或 localhost 的地址打开。',
  badOrigin: '这个请求不是从沙盒页面发出的，已拒绝。请在沙盒页面里操作。',
  stopping: '沙盒正在停止，这条没有记下。请重新启动后再发。',
  badRequest: '请求的内容不完整或格式不对，没有记下。请刷新页面再试。',
  notFound: '没有这个内容，可能数据已经换过。请刷新页面。',
  internal: '沙盒出了点问题，这一步没有完成。请再试一次；还不行请看程序的日志。',
  diskFull: '写不进磁盘，这条没有记下。请检查磁盘空间和数据文件夹的权限，然后再发。',

  unknownPerson: '没有这个人。请刷新页面，重新选择身份。',
  notMember: '你已经不在群里了，不能在群里发言。可以先“重新入群”，或私聊机器人。',
  emptyText: '还没有写内容。',
  textTooLong: '这条消息太长了：最多 1 MB。请分几次发，或改发文件。',
  fileTooBig: '文件太大了：最多 10 MB。',
  fileEmpty: '这个文件是空的，没有发送。',
  unknownQuote: '找不到要引用的那条消息，没有发送。',
  unknownMention: '要 @ 的人不在群里，没有发送。',
  unknownButton: '这张卡片上没有这个按钮或表单，没有提交。请刷新页面再试。',
  badForm: '表单里有不认识的栏目或选项，没有提交。请刷新页面再试。',
  badName: '名字要有 1 到 64 个字，不能全是空白。',
  alreadyMember: '这位同学已经在群里了。',
  clockBack: '时钟只能向前走。要回到现在，请停下程序、换一个新的数据文件夹再启动。',
  clockTooFar: '一次最多走 400 天。',
  clockFailed: '时钟没有走成，请再试一次；还不行请看程序的日志。',
} as const;

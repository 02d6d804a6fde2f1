import { defineCommand } from 'citty';
import { main } from '../main.ts';
import { politely, say, settings } from './terminal.ts';

export const start = defineCommand({
  meta: { name: 'start', description: '启动机器人；没有配置平台时，在浏览器里打开沙盒' },
  run: () => politely(() => main(settings(), say)),
});

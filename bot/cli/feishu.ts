import { defineCommand } from 'citty';
import { tryFeishu } from '../feishu.ts';
import { InputError, politely, say, settings } from './terminal.ts';

export const feishuCheck = defineCommand({
  meta: { name: 'check', description: '试一遍飞书的凭证、权限、事件订阅和连接，说明缺什么、到哪里点' },
  run: () =>
    politely(async () => {
      const { feishu } = settings();
      if (!feishu)
        throw new InputError(
          '还没有配置飞书：请在 .env 里写上 FEISHU_APP_ID 和 FEISHU_APP_SECRET，步骤见 docs/feishu.md。',
        );
      const findings = await tryFeishu(feishu);
      for (const { name, ok, found, advice } of findings) {
        say(`${ok === undefined ? '？' : ok ? '✓' : '✗'} ${name}：${found}`);
        if (advice) say(`    ${advice}`);
      }
      const faults = findings.filter(({ ok }) => ok === false).length;
      if (faults > 0)
        throw new InputError(`有 ${faults} 项需要处理，处理好后再运行一次 npx lianqing feishu check。`);
      const unsure = findings.filter(({ ok }) => ok === undefined).length;
      say(
        unsure === 0
          ? '飞书这边都准备好了。'
          : `没有发现不对的；还有 ${unsure} 项（？）要照上面写的自己核对一下。`,
      );
    }),
});

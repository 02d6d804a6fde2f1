/** How people are told who may use a command and where. */
import type { Where, Who } from './command.ts';

export const whoWords: Readonly<Record<Who, string>> = {
  anyone: '所有人',
  youth: '小伙伴',
  cadre: '团干部',
  administrator: '团组织管理员',
  officer: '团组织管理员和团干部',
  operator: '运行维护人员',
};

export const whereWords: Readonly<Record<Where, string>> = {
  group: '群里',
  private: '私聊',
  both: '群里和私聊',
};

import type { Person } from './records.ts';

/** The sample group's cadre. */
export const sampleCadre = '张晓';

/**
 * The sample group's people: invented names, none of a real person. Among them on purpose: two of the same name, a
 * very long one, minority names with “·”, characters outside the common sets (㛃, 喆, 𬱖), an emoji.
 */
const youths = `
王梓涵 李思远 陈雨桐 刘子墨 杨欣怡 赵㛃 黄嘉豪 周若曦 吴浩然 徐静雯
孙一鸣 马喆 朱晓彤 胡俊杰 郭佳琪 何宇轩 高梦瑶 林志远 罗诗涵 郑凯文
阿依古丽·买买提 梁思齐 谢婉婷 宋子豪 唐小雨 许文博 韩雪 冯天佑 邓雅琴 曹明轩
彭可欣 曾庆阳 萧然 田甜 董子健 袁梦 潘晨曦 于海洋 蒋欣然 蔡志强
余思琪 杜若飞 叶知秋 程浩宇 苏沐晴 魏嘉怡 吕梓轩 丁一 任雨薇 沈逸飞
王梓涵 姚佳慧 卢俊熙 姜雨辰 崔恩熙 钟灵 谭智勇 陆思源 汪洋 范晓萌
迪力亚尔·艾尔肯 石磊 廖文静 贾宇航 夏天 韦美玲 付子涵 方圆 白雪松 邹佳怡
古丽米热·吐尔逊江·阿卜杜热合曼（护理23-2班·学习委员·请叫我米热） 孟凡星 熊若琳 秦岭 邱晓雯 江一帆 尹子悦 薛宇辰 闫思佳 段誉铭
雷雨欣 侯俊贤 龙腾 史书瑶 陶然 黎明哲 贺佳音 顾子衿 毛宇轩 郝运来🌟
龚雪琴 邵一凡 万里晴 钱多多 严子昂 欧阳明月 司马南乔 陈𬱖 扎西·多吉 其其格
`;

/** The 101 people of a new sandbox: the cadre first, then 100 youths. Ids are stable from one start to the next. */
export function samplePeople(): Person[] {
  const names = youths.trim().split(/\s+/);
  return [
    { id: 'cadre', name: sampleCadre, role: 'cadre' },
    ...names.map((name, i): Person => ({ id: youthId(i + 1), name, role: 'youth' })),
  ];
}

/** The id of the `n`-th youth, counted from 1. */
export function youthId(n: number): string {
  return `youth-${String(n).padStart(3, '0')}`;
}

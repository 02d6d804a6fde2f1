/** What youths complain of, for looking for twins among very many. */
export const complaints = [
  '宿舍三楼的热水晚上十点就停了',
  '图书馆空调坏了，自习太热',
  '食堂排队太长，中午吃不上饭',
  '校车周末班次太少',
  '篮球场的灯不亮',
  '想知道助学金什么时候发',
  '快递点离宿舍太远',
  '选课系统总是崩溃',
];

/** The fonts of an official paper (GB/T 9704-2012 §5.2.2, §7.3), and what takes their place where they are not installed. */

/** One font for all scripts: quotation marks and digits are of the same as the characters. */
function font(name: string) {
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name, hint: 'eastAsia' } as const;
}

export const fonts = {
  title: font('方正小标宋简体'),
  body: font('仿宋_GB2312'),
  /** “一、” */
  first: font('黑体'),
  /** “（一）” */
  second: font('楷体_GB2312'),
  folio: font('宋体'),
} as const;

/** By other names of them, those that a Windows, a Mac or a WPS of today has, with family and character set (GB2312). */
const known: readonly (readonly [name: string, instead: string, family: string])[] = [
  ['方正小标宋简体', '方正小标宋_GBK,华文中宋,STZhongsong,宋体,SimSun', 'auto'],
  ['仿宋_GB2312', '仿宋,FangSong,华文仿宋,STFangsong', 'modern'],
  ['楷体_GB2312', '楷体,KaiTi,华文楷体,STKaiti', 'modern'],
  ['黑体', 'SimHei,华文黑体,STHeiti', 'modern'],
  ['宋体', 'SimSun,华文宋体,STSong', 'auto'],
];

/** The document's font table. */
export const fontTable = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${known
  .map(
    ([name, instead, family]) =>
      `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:charset w:val="86"/><w:family w:val="${family}"/><w:pitch w:val="variable"/></w:font>`,
  )
  .join('')}</w:fonts>`;

import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import { dayFrom } from '../../domain/calendar/day.ts';
import { quarterOf } from '../../domain/calendar/period.ts';
import type { Entry } from '../../domain/listening/entry.ts';
import { analyse, entriesOf } from '../../domain/listening/quarter.ts';
import { type Paper, paperFile } from './paper.ts';
import { quarterPaper } from './quarter-paper.ts';

const quarter = quarterOf(dayFrom(2026, 9, 1));
const hostile = [
  '</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText><w:t>',
  '&lt;!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  ']]><script>alert(1)</script>',
  '控\u0000制\u0007字\u001b符\u000b和\ud800半\udfff个\ufffe\uffff',
  '\u202e反过来\u2066写\u2028行\u2029',
  `${'长'.repeat(3_000)}${'x'.repeat(3_000)}`,
  '=HYPERLINK("http://x","点我")',
  '第一行\n第二行\r\n第三行\t后',
  '🍜👩‍🏫𠮷',
];

async function opened(paper: Paper) {
  const bytes = Buffer.from(await paperFile(paper));
  const parts = Object.entries(unzipSync(bytes)).map(([path, data]) => [path, strFromU8(data)] as const);
  const { value, messages } = await mammoth.extractRawText({ buffer: bytes });
  return { parts: new Map(parts), text: value, messages };
}

function entry(number: number, text: string, more: Partial<Entry> = {}): Entry {
  return {
    number,
    text,
    state: 'referred',
    createdAt: Date.parse('2026-09-01T10:00:00+08:00'),
    acceptedAt: undefined,
    answeredAt: undefined,
    closedAt: undefined,
    reply: undefined,
    consent: 'given',
    mergedInto: undefined,
    kind: '现实困难',
    field: '后勤',
    supports: 4,
    publicNote: undefined,
    ...more,
  };
}

function report(
  all: readonly Entry[],
  about = { group: '一班', cadre: '李老师', unit: '信工学院团委' },
): Paper {
  return quarterPaper(
    analyse(all, quarter, quarter.to, { days: 80, of: 92 }),
    entriesOf(all, quarter),
    about,
  );
}

describe('an official paper', () => {
  it('has the page, type and numbers of GB/T 9704-2012', async () => {
    const { parts } = await opened(report([entry(1, '热水总断')]));
    const document = parts.get('word/document.xml') ?? '';
    expect(document).toContain('<w:pgSz w:w="11906" w:h="16838"');
    expect(document).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
    expect(document).toContain('w:line="560" w:lineRule="exact"');
    expect(document).toMatch(/w:eastAsia="方正小标宋简体"[^>]*\/><w:sz w:val="44"/);
    expect(document).toMatch(/w:eastAsia="仿宋_GB2312"[^>]*\/><w:sz w:val="32"/);
    expect(document).toContain('w:firstLineChars="200"');
    expect(document).toContain('<w:tblHeader/>');
    expect(parts.get('word/fontTable.xml')).toContain('<w:altName w:val="仿宋,FangSong');
    expect(parts.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    const footers = [parts.get('word/footer1.xml'), parts.get('word/footer2.xml')].join('');
    expect(footers.match(/PAGE/g)).toHaveLength(2);
    expect(footers).toMatch(/w:jc w:val="right".*w:jc w:val="left"/s);
  });

  it('reads as a report: what several people have, what may go up, and no more', async () => {
    const { text } = await opened(
      report([
        entry(1, '三号楼热水总断', { reply: '已报修' }),
        entry(2, '不愿意转报的话', { consent: 'refused', state: 'accepted' }),
        entry(3, '办不了的话', {
          consent: undefined,
          state: 'unsolved',
          reply: '学校规定下学期才调',
          supports: 0,
        }),
      ]),
    );
    expect(text).toContain('联系青年问题清单分析报告');
    expect(text).toContain('信工学院团委：');
    expect(text).toContain('一、基本情况');
    expect(text).toContain('（二）办理情况');
    expect(text).toContain('本季度机器人在群80/92天');
    expect(text).toContain('1. 第3号（后勤）：学校规定下学期才调。');
    expect(text).toContain('第1号（后勤，5人反映，转报）：三号楼热水总断。');
    expect(text).toContain('第2号（后勤，5人反映，办理中）：提出人还没有同意转报，内容不列。');
    expect(text).toContain('2026年9月30日');
    expect(text).not.toMatch(/不愿意转报的话|办不了的话/);
  });

  it('stays a paper whatever people wrote', async () => {
    const all = hostile.map((text, n) => entry(n + 1, text, { reply: text, field: text.slice(0, 8) }));
    const bad = hostile.join('');
    const { parts, text, messages } = await opened(report(all, { group: bad, cadre: bad, unit: bad }));
    for (const [path, xml] of parts) {
      // What XML 1.0 forbids, and what turns the direction of the text.
      expect(xml.replace(/[\t\r\n]/g, ''), path).not.toMatch(
        /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/u,
      );
      expect(xml, path).not.toMatch(/<!DOCTYPE|<!ENTITY|<script/);
    }
    const document = parts.get('word/document.xml') ?? '';
    expect(document).not.toContain('<w:instrText');
    expect(messages.filter(({ type }) => type === 'error')).toEqual([]);
    expect(text).toContain(']]><script>alert(1)</script>');
    expect(text).toContain('控 制 字 符 和半个');
    expect(text).toContain('🍜👩‍🏫𠮷');
  });

  it('of a quarter without any says so', async () => {
    expect((await opened(report([]))).text).toContain('本季度没有收到诉求');
  });
});

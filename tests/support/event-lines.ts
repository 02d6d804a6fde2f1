import fc from 'fast-check';

/** Event files, as lines of few people, messages and half-hours, so that they have to do with one another. */
export const eventLines = fc
  .array(
    fc.record({
      type: fc.constantFrom(
        ...['message', 'message', 'message', 'message', 'message', 'message', 'group', 'listening', 'topic'],
        ...['activity', 'checkin', 'close', 'join', 'leave'],
      ),
      group: fc.constantFrom('g', 'h'),
      day: fc.integer({ min: 0, max: 9 }),
      half: fc.constantFrom(0, 1, 13, 14, 15, 16, 17, 45, 46, 47),
      late: fc.constantFrom(0, 1, 1_799_999),
      length: fc.integer({ min: 0, max: 48 * 3 }),
      one: fc.constantFrom('c', 'd', 'u', 'v', 'w', 'b'),
      other: fc.constantFrom('c', 'd', 'u', 'v', 'w'),
      text: fc.constantFrom('大家早上好', '大家早上好', '好', '/进度', '#话题t0', '见＃话题t1。', '#话题2x'),
      kind: fc.constantFrom('text', 'text', 'text', 'image', 'sticker'),
      which: fc.integer({ min: 0, max: 3 }),
      flag: fc.boolean(),
      rare: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 120, size: 'max' },
  )
  .map((seeds) =>
    seeds.map((seed, i): Record<string, unknown> => {
      const ms = Date.UTC(2026, 7, 28, 16) + (seed.day * 48 + seed.half) * 1_800_000 + seed.late;
      const iso = (at: number) => new Date(at).toISOString();
      const base = { id: `${seed.type}${i}`, at: iso(ms), type: seed.type, group: seed.group };
      switch (seed.type) {
        case 'message':
          return {
            ...base,
            id: `m${i}`,
            sender: seed.one,
            kind: seed.kind,
            text: seed.text,
            ...(seed.rare < 3 ? { mentions: [seed.other, 'nobody'] } : {}),
            ...(seed.rare > 6 ? { quotes: seed.flag ? `m${(i * 7) % 20}` : `p${seed.which}` } : {}),
            ...(seed.rare === 5 ? { fromBot: true } : {}),
          };
        case 'group':
          return { ...base, cadre: seed.flag ? 'c' : 'd', members: [{ id: 'b', bot: true }, { id: 'u' }] };
        case 'listening':
          return { ...base, until: iso(ms + seed.length * 1_800_000) };
        case 'topic':
          return { ...base, id: seed.flag ? `t${i % 2}` : String(i), message: `p${seed.which}` };
        case 'activity':
          return { ...base, id: `a${i % 4}`, offline: seed.rare > 1 };
        case 'checkin':
          return { ...base, activity: `a${seed.which}`, member: seed.one };
        case 'close':
          return { ...base, activity: `a${seed.which}` };
        default:
          return { ...base, member: seed.one, name: seed.text };
      }
    }),
  )
  // One id has one content.
  .map((lines) => [
    ...new Map(lines.map((line) => [`${line.group} ${line.type} ${line.id}`, line])).values(),
  ]);

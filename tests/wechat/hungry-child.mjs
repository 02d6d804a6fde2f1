// Stands where the WeChat stack stands, and has its faults: it says what it was given, eats memory, and will not end.
const kept = [];
process.on('message', ({ type, call }) => {
  if (type === 'start') {
    const secrets = Object.keys(process.env).filter((name) => /LIANQING|FEISHU|OPENAI|DATABASE/.test(name));
    process.send({ type: 'scan', link: JSON.stringify({ pid: process.pid, secrets }), scanned: false });
  }
  if (type !== 'send') return;
  // 1.6 GB: only where nothing limits it does it come to its answer.
  while (kept.length < 200) kept.push(new Array(1_000_000).fill(Math.random()));
  process.send({ type: 'done', call });
});

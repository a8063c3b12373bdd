// usage: node keystrokes.mjs HARVESTER WORLDS PUBLISHED: how many keys turn our draft into what was printed, beside the lines
// that an editor would touch in a text editor. Cursor moves and the letters of new titles are counted apart. Every decision
// is sent to the program and saved; the saved list must be the printed one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { harvested, Review } from './program.mjs';

const [, , , worlds, published] = process.argv;
const day = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const key = (url) => /github\.com\/([^/]+\/[^/]+)\/(?:pull|issues)\/(\d+)/.exec(url)?.slice(1, 3).join('#').toLowerCase();

// Positions of a longest increasing run: the lines that needn't move.
function keeping(numbers) {
  const best = numbers.map(() => 1);
  const from = numbers.map(() => -1);
  for (let i = 0; i < numbers.length; ++i)
    for (let j = 0; j < i; ++j)
      if (numbers[j] < numbers[i] && best[j] + 1 > best[i]) [best[i], from[i]] = [best[j] + 1, j];
  const kept = new Set();
  for (let at = best.indexOf(Math.max(0, ...best)); at >= 0; at = from[at]) kept.add(at);
  return kept;
}

async function connected(review) {
  const opened = await fetch(review.address, { redirect: 'manual' });
  const headers = { Cookie: opened.headers.get('set-cookie').split(';')[0], Origin: review.origin, 'Content-Type': 'application/json' };
  const ask = async (path, body) => {
    const reply = await fetch(review.origin + path, { headers, ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}) });
    const json = await reply.json();
    if (!reply.ok) throw new Error(json.error);
    return json;
  };
  return ask;
}

const total = { lines: 0, keys: 0, letters: 0, missing: 0, wrong: 0 };
console.log('issue       printed  deleted  added  retitled  moved  lines  keys  keys/line  letters  not in the cache');
for (const name of readdirSync(worlds).filter((file) => file.endsWith('.expected.json')).sort()) {
  const printed = JSON.parse(readFileSync(join(worlds, name), 'utf8'));
  const { issue } = printed;
  const clock = `virtual:${issue}T09:00:00Z`;
  const cache = await harvested(join(worlds, `${issue}.json`), { issue, clock });
  const review = await Review.start(cache, { issue, clock, more: ['--previous', join(published, `${day(issue, -7)}-this-week-in-rust.md`)] });
  const ask = await connected(review);
  let week = await ask('/week');
  const rows = () => new Map(week.sections.filter((s) => s.part === 'merged').flatMap((s) => s.rows.map((row) => [key(row.url), row])));
  const count = { deleted: 0, added: 0, retitled: 0, moved: 0, keys: 0, letters: 0, missing: 0 };
  const changes = [];
  const wanted = new Map();
  for (const line of printed.list) {
    const row = rows().get(key(line.url));
    if (!row) ++count.missing;
    else wanted.set(key(line.url), { ...line, id: row.id });
  }
  for (const [name, row] of rows()) {
    const line = wanted.get(name);
    if (row.listed === Boolean(line)) continue;
    ++count[line ? 'added' : 'deleted'];
    ++count.keys;
    changes.push({ item: row.id, action: line ? 'pick' : 'reject', value: '' });
  }
  if ([...rows()].some(([name, row]) => wanted.has(name) && !row.listed && ['dropped', 'printed'].includes(row.suggested))) ++count.keys;
  if (changes.length) week = await ask('/decisions', { changes });
  const targets = new Map(week.sections.filter((s) => s.target).map((s) => [s.heading.toLowerCase(), s.id]));
  for (const [name, line] of wanted) {
    const row = rows().get(name);
    const target = line.section === '' ? row.section : targets.get(line.section.toLowerCase());
    if (target && target !== row.section) {
      ++count.moved;
      count.keys += 2;
      week = await ask('/decisions', { changes: [{ item: line.id, action: 'section', value: target }] });
    }
    if (rows().get(name).title !== line.title) {
      ++count.retitled;
      count.keys += 2;
      count.letters += line.title.length;
      try {
        week = await ask('/decisions', { changes: [{ item: line.id, action: 'title', value: line.title }] });
      } catch (error) {
        console.log(`# ${issue}: ${line.title}: ${error.message}`);
      }
    }
  }
  for (const section of week.sections.filter((s) => s.part === 'merged')) {
    const now = section.rows.filter((row) => row.listed).sort((a, b) => a.position - b.position).map((row) => row.id);
    const order = [...wanted.values()].map((line) => line.id).filter((id) => now.includes(id));
    const kept = new Set([...keeping(now.map((id) => order.indexOf(id)))].map((at) => now[at]));
    for (let i = order.length - 1; i >= 0; --i) {
      const id = order[i];
      if (kept.has(id)) continue;
      const from = now.indexOf(id);
      now.splice(from, 1);
      const to = i + 1 < order.length ? now.indexOf(order[i + 1]) : now.length;
      now.splice(to, 0, id);
      kept.add(id);
      ++count.moved;
      count.keys += Math.abs(to - from);
      week = await ask('/decisions', { changes: [{ item: id, action: 'move', value: order[i + 1] ?? '' }] });
    }
  }
  const { file_version } = await ask('/preview');
  assert.ok((await ask('/save', { file_version })).saved);
  const text = review.text();
  const saved = [...text.slice(text.indexOf('## Updates from'), text.indexOf('### Rust Compiler Perf')).matchAll(/^\* .*\]\((\S+)\)/gm)].map((match) => key(match[1]));
  const expected = [...wanted.keys()];
  const wrong = saved.length !== expected.length || saved.some((name) => !wanted.has(name)) ? 1 : 0;
  if (wrong) console.log(`# ${issue}: saved ${saved.length}, wanted ${expected.length}`);
  const lines = count.deleted + count.added + count.retitled + count.moved;
  const cells = [printed.list.length, count.deleted, count.added, count.retitled, count.moved, lines, count.keys, (count.keys / Math.max(1, lines)).toFixed(2), count.letters, count.missing];
  const widths = [9, 9, 7, 10, 7, 7, 6, 11, 9, 18];
  console.log(issue + cells.map((cell, i) => String(cell).padStart(widths[i])).join(''));
  total.lines += lines;
  total.keys += count.keys;
  total.letters += count.letters;
  total.missing += count.missing;
  total.wrong += wrong;
  await review.stop();
}
console.log(`all: ${total.keys} keys for ${total.lines} lines, ${(total.keys / total.lines).toFixed(2)} a line; ${total.letters} letters of titles; ${total.missing} lines that no harvest brought`);
process.exitCode = total.wrong ? 1 : 0;

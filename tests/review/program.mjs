// The real program with a cache that the GitHub double filled, in a separate folder.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLOCK, FILE, ISSUE, TEMPLATE, world } from './world.mjs';

const double = fileURLToPath(new URL('../github_double/run', import.meta.url));
const harvester = resolve(process.argv[2]);
const root = mkdtempSync(join(tmpdir(), 'harvester-review-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

// The promise of a line that matches on a stream of a program that was started.
function line(child, stream, pattern) {
  return new Promise((found, failed) => {
    let text = '';
    stream.on('data', (data) => {
      text += data;
      const match = pattern.exec(text);
      if (match) found(match[0]);
    });
    child.on('exit', (code) => failed(new Error(`the program ended with ${code}: ${text}`)));
  });
}

const environment = (folder) => ({ PATH: process.env.PATH, HOME: folder, GH_TOKEN: 'made-up', HARVESTER_CLOCK: CLOCK, ...(process.env.ASAN_OPTIONS ? { ASAN_OPTIONS: process.env.ASAN_OPTIONS } : {}) });

// A cache that holds the week of a world; `from`: the world, or the path of a file with one.
export async function harvested(from = world(), { issue = ISSUE, clock = CLOCK } = {}) {
  const folder = mkdtempSync(join(root, 'cache-'));
  const file = typeof from === 'string' ? from : join(folder, 'world.json');
  if (typeof from !== 'string') writeFileSync(file, JSON.stringify(from));
  const port = join(folder, 'port');
  const child = spawn(double, ['--world', file, '--port', '0', '--port-file', port, '--now', clock.replace('virtual:', '')], { stdio: ['ignore', 'pipe', 'inherit'] });
  while (!existsSync(port) || !readFileSync(port, 'utf8').trim()) {
    if (child.exitCode !== null) throw new Error('the double did not start');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const cache = join(folder, 'cache.db');
  const url = `http://127.0.0.1:${readFileSync(port, 'utf8').trim()}/graphql`;
  try {
    execFileSync(harvester, ['--cache', cache, '--api-url', url, '-q', 'fetch', '--issue', issue], { env: { ...environment(folder), HARVESTER_CLOCK: clock } });
  } finally {
    child.kill('SIGTERM');
  }
  return cache;
}

// A running review of a copy of the cache.
export class Review {
  static async start(cache, { draft = TEMPLATE, issue = ISSUE, clock = CLOCK, more = [], port = 0 } = {}) {
    const review = new Review();
    review.folder = mkdtempSync(join(root, 'review-'));
    review.cache = join(review.folder, 'cache.db');
    if (cache) copyFileSync(cache, review.cache);
    review.file = join(review.folder, FILE.replace(ISSUE, issue));
    if (draft !== null) writeFileSync(review.file, draft);
    review.issue = issue;
    review.clock = clock;
    review.more = draft === null ? more : [...more, review.file];
    await review.run(port);
    return review;
  }

  async run(port = 0) {
    this.child = spawn(harvester, ['--cache', this.cache, '--offline', 'review', '--issue', this.issue, '--no-open', '--port', String(port), ...this.more],
      { cwd: this.folder, env: { ...environment(this.folder), HARVESTER_CLOCK: this.clock } });
    this.talk = '';
    this.child.stderr.on('data', (data) => (this.talk += data));
    this.ended = new Promise((resolve) => this.child.on('exit', resolve));
    this.address = await line(this.child, this.child.stdout, /http:\/\/\S+(?=\n)/);
    this.origin = new URL(this.address).origin;
    this.port = Number(new URL(this.address).port);
  }

  text() {
    return readFileSync(this.file, 'utf8');
  }

  write(text) {
    writeFileSync(this.file, text);
  }

  // Ends the program as Ctrl-C does; its exit code.
  async stop() {
    this.child.kill('SIGINT');
    return this.ended;
  }
}

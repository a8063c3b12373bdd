// usage: node attacks.mjs HARVESTER: what other pages and programs may try on the server of the review page is refused, and
// nothing is written.
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';
import { harvested, Review } from './program.mjs';

let review;
let cookie;

// Sends bytes and reads the reply until the server closes the connection or the reply is whole.
function send(port, bytes, host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    let reply = '';
    const socket = connect(port, host, () => socket.write(bytes));
    socket.on('data', (data) => {
      reply += data;
      const head = reply.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(reply.slice(0, head));
      if (head > 0 && length && Buffer.byteLength(reply.slice(head + 4)) >= Number(length[1])) socket.end();
    });
    socket.on('close', () => resolve({ status: Number(reply.split(' ')[1]), text: reply, body: reply.slice(reply.indexOf('\r\n\r\n') + 4) }));
    socket.on('error', (error) => (reply ? undefined : reject(error)));
  });
}

// A request with the page's own headers; `headers` replaces some, null removes one.
function request(method, path, { headers = {}, body } = {}) {
  const own = { Host: `127.0.0.1:${review.port}`, Cookie: cookie, ...(method === 'POST' ? { Origin: review.origin, 'Content-Type': 'application/json' } : {}) };
  if (body !== undefined) own['Content-Length'] = Buffer.byteLength(body);
  const all = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== null && value !== undefined);
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return send(review.port, `${method} ${path} HTTP/1.1\r\n${head}\r\n${body ?? ''}`);
}

const post = (path, body, headers) => request('POST', path, { body: typeof body === 'string' ? body : JSON.stringify(body), headers });
let item;
const pick = () => ({ changes: [{ item, action: 'reject', value: '' }] });

async function exchanged(address) {
  const { pathname, search } = new URL(address);
  const reply = await request('GET', pathname + search, { headers: { Cookie: null } });
  return { reply, cookie: /set-cookie: ([^;]+)/i.exec(reply.text)?.[1] };
}

async function revision() {
  return JSON.parse((await request('GET', '/state')).body).revision;
}

// The request is refused with one of the statuses, and neither decisions nor the file change.
async function refused(reply, ...statuses) {
  const { status, text } = await reply;
  assert.ok(statuses.includes(status), `${status} instead of ${statuses}:\n${text}`);
  assert.equal(await revision(), 0, 'a decision was taken');
  assert.equal(review.text(), start, 'the file was written');
}

let start;
before(async () => {
  review = await Review.start(await harvested());
  start = review.text();
});
after(() => review.stop());

test('The address works once and gives a cookie that scripts and other sites cannot use', async () => {
  const first = await exchanged(review.address);
  assert.equal(first.reply.status, 303);
  assert.match(first.reply.text, /set-cookie: [^\r]*; HttpOnly; SameSite=Strict/i);
  cookie = first.cookie;
  item = JSON.parse((await request('GET', '/week')).body).sections.flatMap((s) => s.rows).find((row) => row.listed).id;
  const second = await exchanged(review.address);
  assert.equal(second.reply.status, 403);
  assert.equal(second.cookie, undefined);
  await refused(Promise.resolve(second.reply), 403);
});

test('A used address makes the terminal show a new one, which works once', async () => {
  const next = /http:\/\/\S+token=\w+/.exec(review.talk)[0];
  assert.notEqual(next, review.address);
  const again = await exchanged(next);
  assert.equal(again.reply.status, 303);
});

test('Without the cookie, or with another one, nothing is shown and nothing is decided', async () => {
  for (const other of [null, '', 'harvester_review=1', `${cookie.split('=')[0]}=`, `${cookie.slice(0, -1)}0x`, `x${cookie}`]) {
    for (const path of ['/', '/week', '/app.js', '/preview', '/state']) {
      const reply = await request('GET', path, { headers: { Cookie: other } });
      assert.equal(reply.status, 403);
      assert.doesNotMatch(reply.text, /rust-lang|<html/);
    }
    await refused(post('/decisions', pick(), { Cookie: other }), 403);
    await refused(post('/save', { file_version: '' }, { Cookie: other }), 403);
    await refused(post('/end', {}, { Cookie: other }), 403);
  }
});

test('A wrong, missing or doubled Host is refused, also with the cookie', async () => {
  for (const host of ['evil.example', `evil.example:${review.port}`, `localhost:${review.port}`, '127.0.0.1', `127.0.0.1:${review.port + 1}`, `127.0.0.1:${review.port}.evil.example`, '', null]) {
    await refused(post('/decisions', pick(), { Host: host }), 403, 400);
    const reply = await request('GET', '/week', { headers: { Host: host } });
    assert.ok(reply.status === 403 || reply.status === 400, `Host ${host}: ${reply.status}`);
  }
  const doubled = `Host: 127.0.0.1:${review.port}\r\nHost: evil.example\r\n`;
  const reply = await send(review.port, `GET /week HTTP/1.1\r\n${doubled}Cookie: ${cookie}\r\n\r\n`);
  assert.equal(reply.status, 403);
});

test('A request of another page is refused by its Origin and by Sec-Fetch-Site', async () => {
  for (const origin of ['https://evil.example', 'null', `http://localhost:${review.port}`, `http://127.0.0.1:${review.port + 1}`, `https://127.0.0.1:${review.port}`, `${review.origin}.evil.example`, null])
    await refused(post('/decisions', pick(), { Origin: origin }), 403);
  for (const site of ['cross-site', 'same-site', 'other']) {
    await refused(post('/decisions', pick(), { 'Sec-Fetch-Site': site }), 403);
    assert.equal((await request('GET', '/week', { headers: { 'Sec-Fetch-Site': site } })).status, 403);
  }
  const foreign = await request('GET', '/week', { headers: { Origin: 'https://evil.example' } });
  assert.equal(foreign.status, 403);
  assert.doesNotMatch(foreign.text, /access-control-allow/i);
  assert.equal((await request('OPTIONS', '/decisions', { headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' } })).status, 403);
});

test('What a form of another site can send is no decision', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-8', null])
    await refused(post('/decisions', pick(), { 'Content-Type': type }), 415, 403, 400);
});

test('Paths lead to the page and its interface, never to a file', async () => {
  const paths = ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2fapp.js', '//etc/passwd', '/app.js/../index.html', '/./app.js', '/app.js%00.html', '/APP.JS',
    '/index.html', '/page/app.js', '/.git/config', '/week/', '/week/..', '/decisions', '/%', '/\\..\\x', `/${'a'.repeat(5000)}`, `/${'a'.repeat(50000)}`, '*', 'http://evil.example/week'];
  for (const path of paths) {
    const reply = await request('GET', path);
    assert.ok([400, 403, 404, 405, 414].includes(reply.status) || Number.isNaN(reply.status), `${path.slice(0, 40)}: ${reply.status}`);
    assert.doesNotMatch(reply.text, /root:|rust-lang\//);
  }
  for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'GET'])
    await refused(request(method, '/decisions', { body: JSON.stringify(pick()), headers: { Origin: review.origin } }), 400, 403, 404, 405, NaN);
});

test('A malformed body is refused whole', async () => {
  const good = pick().changes[0];
  const bodies = ['', 'null', '[]', '"x"', '1', '{', '{"changes":', '{"changes":{}}', '{"changes":[]}', '{"changes":[1]}', '{"changes":[{}]}', '{}', '{"undo":1}', '\uFEFF{}', 'x'.repeat(100),
    '['.repeat(100_000), '{"changes":'.repeat(20_000),
    JSON.stringify({ changes: [good], undo: true }),
    JSON.stringify({ changes: [good], more: 1 }),
    JSON.stringify({ changes: [{ ...good, more: 1 }] }),
    JSON.stringify({ changes: [{ ...good, action: 'shell' }] }),
    JSON.stringify({ changes: [{ ...good, value: 1 }] }),
    JSON.stringify({ changes: [{ ...good, item: ['x'] }] }),
    JSON.stringify({ changes: [{ ...good, item: 'merged/rust-lang/rust#0' }] }),
    JSON.stringify({ changes: [good, { ...good, item: 'nothing' }] }),
    JSON.stringify({ changes: [{ item, action: 'title', value: 'x'.repeat(1500) }] }),
    JSON.stringify({ changes: [{ item, action: 'title', value: 'two\nlines' }] }),
    JSON.stringify({ changes: [{ item, action: 'title', value: 'a](https://evil.example) [b' }] }),
    JSON.stringify({ changes: [{ item, action: 'title', value: '\u0000' }] }),
    JSON.stringify({ changes: [{ item, action: 'section', value: 'merged/Nowhere' }] }),
    JSON.stringify({ changes: [{ item, action: 'section', value: 'fcp' }] }),
    JSON.stringify({ changes: [{ item, action: 'move', value: 'nothing' }] }),
    JSON.stringify({ changes: Array(3000).fill(good) })];
  for (const body of bodies) await refused(post('/decisions', body), 400, 413);
  for (const body of ['', '[]', '{}', '{"file_version":1}', '{"file_version":"x","path":"/etc/passwd"}']) await refused(post('/save', body), 400);
  for (const body of ['', '[]', '{"now":true}']) await refused(post('/end', body), 400);
});

test('A save with another version of the file writes nothing', async () => {
  const reply = await post('/save', { file_version: '0000000000000000' });
  assert.equal(JSON.parse(reply.body).saved, false);
  await refused(Promise.resolve({ ...reply, status: 200 }), 200);
});

test('An oversized, compressed or unbounded body is refused', async () => {
  await refused(post('/decisions', JSON.stringify({ changes: [], more: 'x'.repeat(300_000) })), 413, 400);
  await refused(post('/decisions', pick(), { 'Content-Length': '99999999999' }), 413, 400, NaN);
  await refused(post('/decisions', pick(), { 'Content-Length': '-1' }), 400, 411, 413, NaN);
  await refused(post('/decisions', pick(), { 'Content-Encoding': 'gzip' }), 411);
  await refused(post('/decisions', pick(), { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }), 411);
  await refused(request('POST', '/decisions', { headers: { 'X-Long': 'x'.repeat(20_000) }, body: JSON.stringify(pick()) }), 400, 413, 414, 431, NaN);
});

test('A request hidden in the body of a refused one has no cookie and is refused, too', async () => {
  const hidden = `POST /end HTTP/1.1\r\nHost: 127.0.0.1:${review.port}\r\nOrigin: ${review.origin}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
  await refused(post('/decisions', hidden, { 'Content-Type': 'text/plain' }), 415);
  assert.equal(review.child.exitCode, null);
});

test('Garbage and half requests do not end the server', async () => {
  for (const bytes of ['\0\0\0\0', 'GET', '\r\n\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(3000)}\r\n`, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'])
    await new Promise((resolve) => {
      const socket = connect(review.port, '127.0.0.1', () => socket.end(bytes));
      socket.on('close', resolve).on('error', resolve).resume();
    });
  assert.equal(await revision(), 0);
});

test('Only the loopback address is bound', async () => {
  const others = Object.values(networkInterfaces()).flat().filter((a) => !a.internal && a.family === 'IPv4').map((a) => a.address);
  for (const address of ['127.0.0.2', ...others]) await assert.rejects(send(review.port, 'GET / HTTP/1.1\r\n\r\n', address), /ECONNREFUSED/, address);
});

test('Every reply forbids scripts of others, frames, caching and guessing of types; no reply has the token of GitHub', async () => {
  for (const path of ['/', '/app.js', '/week', '/preview', '/nothing']) {
    const { text } = await request('GET', path);
    assert.match(text, /content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; [^\r]*frame-ancestors 'none'/i);
    assert.doesNotMatch(text.slice(0, text.indexOf('\r\n\r\n')), /unsafe-/);
    assert.match(text, /x-content-type-options: nosniff/i);
    assert.match(text, /referrer-policy: no-referrer/i);
    assert.match(text, /cache-control: no-store/i);
    assert.doesNotMatch(text, /made-up|access-control-allow/i);
  }
});

test('The page has no script, style or address of another place in it', async () => {
  const { body } = await request('GET', '/');
  assert.doesNotMatch(body, /<script(?![^>]* src="[\w.]+"><\/script>)|<style|\son\w+=|style=|https?:/);
});

test('A port in use is refused by name', async () => {
  await assert.rejects(Review.start(null, { draft: null, port: review.port }));
});

test('The page can end the program, and Ctrl-C as well, with exit code 0', async () => {
  const reply = await post('/end', {});
  assert.equal(reply.status, 200);
  assert.equal(await review.ended, 0);
  await review.run();
  assert.equal(await review.stop(), 0);
  assert.equal(review.text(), start);
});

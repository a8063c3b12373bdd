// The newsletter's Markdown as nodes. Titles are strangers' text: they become text nodes and a few known elements,
// never markup.

export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

const escapable = /[!-/:-@[-`{-~]/;
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#35': '#', '#42': '*', '#64': '@', '#91': '[', '#93': ']', '#95': '_', '#96': '`' };

// Emphasis and strong text without nesting of the same kind: what titles have.
function emphasis(text, at) {
  for (const [mark, name] of [['**', 'strong'], ['*', 'em'], ['_', 'em'], ['~~', 'del']]) {
    if (!text.startsWith(mark, at) || /\s/.test(text[at + mark.length] ?? ' ')) continue;
    if (mark === '_' && /[\p{L}\p{N}_]/u.test(text[at - 1] ?? ' ')) continue;
    for (let end = text.indexOf(mark, at + mark.length + 1); end > 0; end = text.indexOf(mark, end + 1)) {
      if (/[\s\\]/.test(text[end - 1])) continue;
      if (mark === '_' && /[\p{L}\p{N}_]/u.test(text[end + 1] ?? ' ')) continue;
      return { name, inner: text.slice(at + mark.length, end), end: end + mark.length };
    }
  }
  return null;
}

// Where the code span that begins at `at` ends: after as many backticks as it begins with.
function codeSpan(text, at) {
  const marks = /^`+/.exec(text.slice(at))[0];
  for (let end = at + marks.length; end < text.length;) {
    const next = text.indexOf('`', end);
    if (next < 0) break;
    const closing = /^`+/.exec(text.slice(next))[0];
    if (closing === marks) {
      let code = text.slice(at + marks.length, next);
      if (/^ .*[^ ].* $/.test(code)) code = code.slice(1, -1);
      return { code, end: next + marks.length };
    }
    end = next + closing.length;
  }
  return null;
}

// "[text](url)" at `at`: brackets in the text are balanced or escaped, or in code.
function link(text, at) {
  let depth = 0;
  for (let i = at; i < text.length; ++i) {
    const c = text[i];
    if (c === '\\') ++i;
    else if (c === '`') {
      const span = codeSpan(text, i);
      i = span ? span.end - 1 : i + /^`+/.exec(text.slice(i))[0].length - 1;
    } else if (c === '[') ++depth;
    else if (c === ']' && --depth === 0) {
      const destination = /^\(<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)>?\)/.exec(text.slice(i + 1));
      if (!destination) return null;
      return { inner: text.slice(at + 1, i), url: destination[1], end: i + 1 + destination[0].length };
    }
  }
  return null;
}

// An address that may be linked to: of the newsletter's host or another one, by https only.
export function safeAnchor(url, ...children) {
  if (!/^https:\/\/[\w.-]+(?:[/?#]|$)/.test(url)) return element('span', {}, ...children);
  return element('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

// One line of inline Markdown as a fragment. `links`: whether links become anchors, as in a paragraph.
export function inline(text, links = false) {
  const out = document.createDocumentFragment();
  let plain = '';
  const flush = () => {
    if (plain) out.append(plain);
    plain = '';
  };
  for (let i = 0; i < text.length;) {
    const c = text[i];
    if (c === '\\' && escapable.test(text[i + 1] ?? '')) {
      plain += text[i + 1];
      i += 2;
      continue;
    }
    if (c === '&') {
      const entity = /^&(#?\w+);/.exec(text.slice(i, i + 12));
      if (entity && entities[entity[1]]) {
        plain += entities[entity[1]];
        i += entity[0].length;
        continue;
      }
    }
    if (c === '`') {
      const span = codeSpan(text, i);
      if (span) {
        flush();
        out.append(element('code', {}, span.code));
        i = span.end;
      } else {
        const marks = /^`+/.exec(text.slice(i))[0];
        plain += marks;
        i += marks.length;
      }
      continue;
    }
    if (links && c === '[') {
      const found = link(text, i);
      if (found) {
        flush();
        out.append(safeAnchor(found.url, inline(found.inner)));
        i = found.end;
        continue;
      }
    }
    const marked = '*_~'.includes(c) ? emphasis(text, i) : null;
    if (marked) {
      flush();
      out.append(element(marked.name, {}, inline(marked.inner, links)));
      i = marked.end;
      continue;
    }
    plain += c;
    ++i;
  }
  flush();
  return out;
}

// What the newsletter's page shows of a text: headings, lists, paragraphs, code. Comments are left out.
export function blocks(text) {
  const out = document.createDocumentFragment();
  const definitions = new Map();
  const visible = text.replace(/<!--[^]*?(?:-->|$)/g, '').replace(/^\[([^\]]+)\]: (\S+)$/gm, (_, label, url) => {
    definitions.set(label.toLowerCase(), url);
    return '';
  });
  const resolved = (line) => line.replace(/(\[[^\]]+\])\[([^\]]+)\]/g, (all, shown, label) =>
    definitions.has(label.toLowerCase()) ? `${shown}(${definitions.get(label.toLowerCase())})` : all);
  let level = 1;
  let list = null;
  let item = null;  // lines of the list item that is open
  let paragraph = [];
  const flush = () => {
    const target = item ? element('li') : element('p');
    const lines = item ?? paragraph;
    if (lines.length) {
      target.append(inline(resolved(lines.join(' ')), true));
      if (item && !list) out.append((list = element('ul')));
      (item ? list : out).append(target);
    }
    item = null;
    paragraph = [];
  };
  for (const line of visible.split('\n')) {
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
    const bullet = /^[*+-]\s+(.*)$/.exec(line);
    if (heading || bullet || !line.trim()) flush();
    if (heading) {
      list = null;
      // Below the panel's own level and without gaps, so that the page's outline stays right.
      level = Math.min(6, Math.max(2, heading[1].length), level + 1);
      out.append(element(`h${level}`, {}, inline(resolved(heading[2]), true)));
    } else if (bullet) {
      item = [bullet[1]];
    } else if (line.trim()) {
      if (!item) list = null;
      (item ?? paragraph).push(line.trim());
    }
  }
  flush();
  return out;
}

// A unified diff, a line a node.
export function diff(text) {
  const out = document.createDocumentFragment();
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const kind = /^(?:---|\+\+\+) /.test(line) ? 'file' : { '+': 'added', '-': 'removed', '@': 'hunk' }[line[0]];
    out.append(element('div', { class: `line ${kind ?? ''}` }, line || ' '));
  }
  return out;
}

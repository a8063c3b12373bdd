// The review page: the state, the list and the keys.
import * as api from './api.js';
import * as dialogs from './dialogs.js';
import * as panel from './panel.js';
import { blocks, element } from './markdown.js';
import { Queue } from './queue.js';
import { RowView } from './rows.js';

const byId = (id) => document.getElementById(id);
const lookEvery = 3000;     // milliseconds between two looks at the program's state
const previewAfter = 120;   // milliseconds without a decision

let week = null;
let current = null;         // id of the row with the cursor
let order = [];             // ids of the rows that are shown, from top to bottom
let ended = false;
const views = new Map();    // RowView by id
const sectionNodes = new Map();
const channel = new BroadcastChannel('harvester-review');

// ---- sentences ----

let silence = 0;
function say(sentence) {
  const status = byId('status');
  status.textContent = sentence;
  clearTimeout(silence);
  silence = setTimeout(() => (status.textContent = ''), 6000);
}

function banner(sentence, kind = 'error') {
  const node = byId('banner');
  node.hidden = !sentence;
  node.className = kind;
  if (node.textContent !== sentence) node.textContent = sentence;
}

function failed(error) {
  if (error instanceof api.Unreachable) return reachable(false);
  banner(error.message);
}

let offline = false;
function reachable(yes) {
  if (ended) return;
  if (yes && offline) {
    banner('');
    say('The program answers again');
  }
  if (!yes) {
    const kept = queue.length ? ` ${queue.length === 1 ? 'One decision waits' : `${queue.length} decisions wait`} here and will be sent.` : '';
    banner(`The program doesn't answer. If it ended, run harvester review again and open the address that it prints.${kept}`, 'offline');
  }
  offline = !yes;
  document.body.classList.toggle('offline', offline);
}

// ---- the list ----

const hiddenUnlessAsked = (row) => !row.listed && (row.suggested === 'dropped' || row.suggested === 'printed') && !row.marks.includes('rejected');

function inOrder(section) {
  if (!byId('printed-order').checked) return section.rows;
  const listed = section.rows.filter((row) => row.listed).sort((a, b) => a.position - b.position);
  return [...listed, ...section.rows.filter((row) => !row.listed)];
}

// Where the cut line is: before the first row that isn't suggested (or, in the printed order, isn't listed).
function cutAt(rows) {
  const above = byId('printed-order').checked ? (row) => row.listed : (row) => row.suggested === 'picked' || row.suggested === '';
  const at = rows.findIndex((row) => !above(row));
  return at < 0 ? rows.length : at;
}

function viewOf(row) {
  let view = views.get(row.id);
  if (!view) {
    view = new RowView(row);
    views.set(row.id, view);
  }
  view.update(row);
  return view;
}

function sectionNode(section) {
  let node = sectionNodes.get(section.id);
  if (node) return node;
  const id = `section-${sectionNodes.size}`;
  const count = element('span', { class: 'section-count' });
  const list = element('ul', { class: 'rows' });
  const head = element('h2', { id: `${id}-heading` }, section.heading, ' ', count);
  node = { root: element('section', { id, 'aria-labelledby': `${id}-heading` }, head, list), count, list, chip: element('a', { href: `#${id}` }) };
  sectionNodes.set(section.id, node);
  return node;
}

function renderSection(section, words) {
  const node = sectionNode(section);
  if (section.text) {
    if (node.text !== section.text) {
      node.text = section.text;
      node.list.replaceWith((node.list = element('div', { class: 'printed whole' }, blocks(section.text))));
    }
    return true;
  }
  const dropped = byId('show-dropped').checked;
  const rows = inOrder(section).filter((row) => dropped || !hiddenUnlessAsked(row));
  const cut = cutAt(rows);
  const wanted = [];
  let visible = 0;
  rows.forEach((row, i) => {
    if (i === cut && i > 0 && section.target) wanted.push((node.cut ??= element('li', { class: 'cut' }, element('span', {}, 'not listed by the program'))));
    const view = viewOf(row);
    const shown = words.length === 0 || view.matches(words);
    view.node.hidden = !shown;
    if (shown) {
      order.push(row.id);
      ++visible;
    }
    wanted.push(view.node);
  });
  if (node.cut) {
    node.cut.firstChild.textContent = byId('printed-order').checked ? 'not listed' : 'below the line: left out by the program';
    node.cut.hidden = words.length > 0;
  }
  const present = [...node.list.children];
  if (present.length !== wanted.length || present.some((child, i) => child !== wanted[i])) node.list.replaceChildren(...wanted);
  const listed = section.rows.filter((row) => row.listed).length;
  const candidates = section.rows.filter((row) => !hiddenUnlessAsked(row)).length;
  node.count.textContent = `${listed} of ${candidates}`;
  node.chip.replaceChildren(section.heading, ' ', element('b', {}, String(listed)));
  return visible > 0 || (words.length === 0 && rows.length > 0);
}

function render() {
  const words = byId('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
  const focused = document.activeElement?.classList.contains('pick') ? current : null;
  order = [];
  const shown = [];
  for (const section of week.sections) if (renderSection(section, words)) shown.push(sectionNode(section));
  const list = byId('list');
  const roots = shown.map((node) => node.root);
  if (!roots.length) roots.push(element('p', { class: 'none' }, words.length
    ? 'No item matches the filter.'
    : `Nothing is known of the week from ${week.first} to ${week.last}. Run harvester fetch --issue ${week.date}.`));
  const present = [...list.children];
  if (present.length !== roots.length || present.some((child, i) => child !== roots[i])) list.replaceChildren(...roots);
  const chips = shown.map((node) => node.chip).filter((chip) => chip.textContent);
  byId('sections').replaceChildren(...chips);
  list.removeAttribute('aria-busy');
  if (!order.includes(current)) setCurrent(order[0] ?? null, false);
  else views.get(current).setCurrent(true);
  if (focused && focused === current) views.get(current).box.focus({ preventScroll: true });
  renderHead();
}

function renderHead() {
  byId('newsletter').textContent = week.newsletter;
  byId('edition').textContent = `${week.number} · ${week.date}`;
  document.title = `${week.newsletter} ${week.number}: review`;
  byId('lines').textContent = `${week.lines} ${week.lines === 1 ? 'line' : 'lines'}`;
  const { usual } = week;
  byId('usual').textContent = usual.count ? `· recent editions ${usual.low}–${usual.high}, median ${usual.median}` : '';
  byId('count').classList.toggle('unusual', usual.count > 0 && (week.lines < usual.low || week.lines > usual.high));
  byId('undo').disabled = week.undoable === 0;
  byId('save').disabled = !week.file;
  byId('save').title = week.file ? '' : 'There is no draft file; copy the text instead';
  byId('propose').disabled = !week.proposable;
  byId('file').textContent = week.file.split('/').pop() || 'no draft file';
  byId('file').title = week.file;
  const warnings = byId('warnings');
  warnings.hidden = week.warnings.length === 0;
  const most = 3;
  warnings.replaceChildren(...week.warnings.slice(0, most).map((warning) => element('p', {}, warning)),
    ...(week.warnings.length > most ? [element('p', {}, `and ${week.warnings.length - most} more`)] : []));
}

// ---- the cursor ----

function setCurrent(id, focus = true) {
  if (current && views.has(current) && current !== id) views.get(current).setCurrent(false);
  current = id;
  const view = id && views.get(id);
  if (!view) return;
  view.setCurrent(true);
  if (!focus) return;
  view.box.focus({ preventScroll: true });
  view.node.scrollIntoView({ block: 'nearest' });
}

function moveCursor(step) {
  if (!order.length) return;
  const at = order.indexOf(current);
  setCurrent(order[Math.min(order.length - 1, Math.max(0, at + step))]);
}

// The first row of the next section, or of this or the previous one.
function moveToSection(step) {
  const starts = week.sections.map((section) => section.rows.map((row) => row.id).find((id) => order.includes(id))).filter(Boolean);
  const at = order.indexOf(current);
  const start = step > 0 ? starts.find((id) => order.indexOf(id) > at) : starts.filter((id) => order.indexOf(id) < at).pop();
  if (start) setCurrent(start);
}

const currentRow = () => (current ? views.get(current)?.row : null);
const sectionOf = (row) => week.sections.find((section) => section.id === row.section);

// ---- decisions ----

const queue = new Queue({
  settled: (result) => {
    accept(result);
    channel.postMessage(result.revision);
  },
  refused: async (error) => {
    banner(error.message);
    accept(await api.readWeek().catch(() => week));
  },
  reachable,
});

function accept(now) {
  week = now;
  render();
  lookAgain();
}

let waitForPreview = 0;
function lookAgain() {
  clearTimeout(waitForPreview);
  waitForPreview = setTimeout(async () => {
    if (queue.length) return;
    try {
      showPreview(await api.readPreview());
    } catch (error) {
      failed(error);
    }
  }, previewAfter);
}

function showPreview(preview) {
  panel.update(preview);
  const messages = new Map();
  for (const finding of preview.findings) if (finding.item) messages.set(finding.item, [...(messages.get(finding.item) ?? []), finding.message]);
  for (const [id, view] of views) view.showFindings(messages.get(id) ?? []);
  if (preview.file_version !== week.file_version) look();
}

function decide(...changes) {
  banner('');
  queue.add(() => api.decide(changes));
}

const itemName = (row) => (row.repository ? `${row.repository.split('/').pop()}#${row.number}` : row.title);

function toggle(row) {
  const listed = !row.listed;
  // Shown at once; the reply brings the rest.
  row.listed = listed;
  row.position = 0;
  const view = views.get(row.id);
  view.update({ ...row, marks: row.marks.filter((mark) => mark !== 'picked' && mark !== 'rejected') });
  view.row = row;
  decide({ item: row.id, action: listed ? 'pick' : 'reject', value: '' });
  say(`${itemName(row)}: ${listed ? 'listed' : 'left out'}`);
}

function edit(row) {
  views.get(row.id).edit((title) => {
    setCurrent(row.id);
    if (title === null || title === row.title) return;
    decide({ item: row.id, action: 'title', value: title });
    say(`${itemName(row)}: ${title ? 'new title' : 'the program’s title'}`);
  });
}

function toSection(row) {
  const targets = week.sections.filter((section) => section.target && section.part === row.part);
  if (!sectionOf(row).target || targets.length < 2) return say('There is no other section for this item');
  dialogs.chooseSection(targets, row.section, (section) => {
    decide({ item: row.id, action: 'section', value: section.id });
    say(`${itemName(row)}: moved to ${section.heading}`);
  });
}

function move(row, step) {
  if (!row.listed || !sectionOf(row).target) return say('Only listed items of the merged list have an order');
  const listed = sectionOf(row).rows.filter((other) => other.listed).sort((a, b) => a.position - b.position);
  const at = listed.indexOf(row);
  const to = at + step;
  if (to < 0 || to >= listed.length) return say(`${itemName(row)} is the ${step < 0 ? 'first' : 'last'} of its section`);
  const before = step < 0 ? listed[to] : listed[to + 1];
  [row.position, listed[to].position] = [listed[to].position, row.position];
  decide({ item: row.id, action: 'move', value: before?.id ?? '' });
  say(`${itemName(row)}: ${to + 1} of ${listed.length} in ${sectionOf(row).heading}`);
}

function undo() {
  if (!week.undoable && !queue.length) return say('There is nothing to undo');
  banner('');
  queue.add(() => api.undo());
  say('The last decision was taken back');
}

async function copy() {
  try {
    const preview = await api.readPreview();
    await navigator.clipboard.writeText(preview.markdown);
    say('The text is on the clipboard');
  } catch (error) {
    if (error instanceof api.Refused || error instanceof api.Unreachable) return failed(error);
    // Without the right to the clipboard the text is shown, to be copied by hand.
    openPreview(true);
    panel.show('markdown');
    getSelection().selectAllChildren(byId('panel-markdown'));
    say('Press Ctrl+C to copy the selected text');
  }
}

function save() {
  if (!week.file) return say('There is no draft file; copy the text instead');
  if (queue.length) return say('Decisions are still on their way; save again in a moment');
  dialogs.save({ say, failed, saved: async (preview) => {
    showPreview(preview);
    accept(await api.readWeek());
    channel.postMessage(week.revision);
  } });
}

function propose() {
  if (!week.proposable) return say('A pull request needs the network; run review without --offline');
  dialogs.propose({ say, failed });
}

async function end() {
  try {
    await api.end();
  } catch (error) {
    if (!(error instanceof api.Unreachable)) return failed(error);
  }
  ended = true;
  document.body.classList.add('ended');
  banner('The review ended. This tab can be closed.', 'done');
}

function openPreview(open = !document.body.classList.contains('with-preview')) {
  document.body.classList.toggle('with-preview', open);
  byId('preview-toggle').setAttribute('aria-expanded', String(open));
}

// ---- keys, mouse and touch ----

const withRow = (act) => () => {
  const row = currentRow();
  if (row) act(row);
};

const keys = [
  [['↓', 'j'], ['ArrowDown', 'j'], 'next item', () => moveCursor(1)],
  [['↑', 'k'], ['ArrowUp', 'k'], 'previous item', () => moveCursor(-1)],
  [['Shift+↓', 'J'], ['Shift+ArrowDown', 'J'], 'next section', () => moveToSection(1)],
  [['Shift+↑', 'K'], ['Shift+ArrowUp', 'K'], 'previous section', () => moveToSection(-1)],
  [['Page Down'], ['PageDown'], 'ten items on', () => moveCursor(10)],
  [['Page Up'], ['PageUp'], 'ten items back', () => moveCursor(-10)],
  [['Home'], ['Home'], 'first item', () => moveCursor(-Infinity)],
  [['End'], ['End'], 'last item', () => moveCursor(Infinity)],
  [['Space'], [' '], 'pick or reject', withRow(toggle)],
  [['e', 'Enter'], ['e', 'Enter'], 'edit the title', withRow(edit)],
  [['s'], ['s'], 'move to another section', withRow(toSection)],
  [['['], ['['], 'earlier in the printed order', withRow((row) => move(row, -1))],
  [[']'], [']'], 'later in the printed order', withRow((row) => move(row, 1))],
  [['u'], ['u'], 'undo', undo],
  [['/'], ['/'], 'filter; Escape clears it', () => byId('filter').select()],
  [['d'], ['d'], 'show dropped items', () => byId('show-dropped').click()],
  [['v'], ['v'], 'order by score or as printed', () => byId('printed-order').click()],
  [['o'], ['o'], 'open on GitHub', withRow((row) => views.get(row.id).link.click())],
  [['p'], ['p'], 'preview', () => openPreview()],
  [['c'], ['c'], 'copy the text', copy],
  [['Ctrl+S', 'w'], ['Ctrl+s', 'w'], 'save', save],
  [['?'], ['?'], 'this help', () => dialogs.help(keys.map(([names, , what]) => [names, what]))],
];
const actions = new Map(keys.flatMap(([, pressed, , act]) => pressed.map((key) => [key, act])));

function keyOf(event) {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey || (control && event.key !== 's')) return '';
  const shift = event.shiftKey && event.key.startsWith('Arrow');
  return `${control ? 'Ctrl+' : ''}${shift ? 'Shift+' : ''}${event.key}`;
}

document.addEventListener('keydown', (event) => {
  if (!week || ended || dialogs.open()) return;
  const filter = byId('filter');
  if (event.target === filter) {
    if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      if (event.key === 'Escape') filter.value = '';
      render();
      setCurrent(current);
    }
    return;
  }
  // Keys of a field, a button or a tab are its own.
  const own = event.target.closest('input:not(.pick):not([type=checkbox]), [role=tab], textarea');
  const presses = event.target.closest('button, a, input[type=checkbox]:not(.pick)') && (event.key === 'Enter' || event.key === ' ');
  if (own || presses) return;
  const scrolls = event.target.closest('[role=tabpanel]') && /^(Arrow|Page|Home|End| )/.test(event.key);
  const act = scrolls ? null : actions.get(keyOf(event));
  if (!act) return;
  event.preventDefault();
  act();
});

byId('list').addEventListener('click', (event) => {
  const node = event.target.closest('.row');
  if (!node) return;
  const view = views.get(node.dataset.id);
  const action = event.target.closest('[data-action]')?.dataset.action;
  if (event.target.closest('.hit')) {
    event.preventDefault();
    setCurrent(view.row.id);
    toggle(view.row);
    // A prevented click restores the box's old state after this handler.
    setTimeout(() => (view.box.checked = view.row.listed));
  } else if (action) {
    setCurrent(view.row.id);
    ({ edit, section: toSection, up: (row) => move(row, -1), down: (row) => move(row, 1) })[action](view.row);
  } else if (!event.target.closest('a, input, button')) {
    setCurrent(view.row.id, !getSelection().toString());
  }
});
byId('list').addEventListener('dblclick', (event) => {
  const node = event.target.closest('.title')?.closest('.row');
  if (node && !event.target.closest('input')) edit(views.get(node.dataset.id).row);
});
byId('list').addEventListener('focusin', (event) => {
  const id = event.target.closest('.row')?.dataset.id;
  if (id && id !== current) setCurrent(id, false);
});

let typing = 0;
byId('filter').addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(render, 60);
});
for (const id of ['show-dropped', 'printed-order']) byId(id).addEventListener('change', () => {
  render();
  if (current) views.get(current)?.node.scrollIntoView({ block: 'nearest' });
});
byId('sections').addEventListener('click', (event) => {
  const target = event.target.closest('a')?.hash.slice(1);
  const row = target && byId(target)?.querySelector('.row:not([hidden])');
  if (!row) return;
  event.preventDefault();
  byId(target).scrollIntoView({ block: 'start' });
  setCurrent(row.dataset.id, false);
  views.get(row.dataset.id).box.focus({ preventScroll: true });
});
byId('undo').addEventListener('click', undo);
byId('copy').addEventListener('click', copy);
byId('save').addEventListener('click', save);
byId('propose').addEventListener('click', propose);
byId('end').addEventListener('click', end);
byId('help').addEventListener('click', actions.get('?'));
byId('preview-toggle').addEventListener('click', () => openPreview());
byId('preview-close').addEventListener('click', () => openPreview(false));

// ---- other tabs and other programs ----

async function look() {
  if (ended || document.hidden || queue.length) return;
  try {
    const state = await api.readState();
    reachable(true);
    if (week && (state.revision !== week.revision || state.file_version !== week.file_version)) accept(await api.readWeek());
  } catch (error) {
    failed(error);
  }
}
channel.addEventListener('message', look);
document.addEventListener('visibilitychange', look);
setInterval(look, lookEvery);

panel.start((id) => {
  openPreview(false);
  byId('filter').value = '';
  render();
  setCurrent(id);
});

try {
  accept(await api.readWeek());
  // The keys work at once.
  if (current) views.get(current).box.focus({ preventScroll: true });
} catch (error) {
  byId('list').replaceChildren();
  failed(error);
}

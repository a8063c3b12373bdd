// The text as it would be saved: as the page shows it, as Markdown, as changes of the file, and its findings.
import { blocks, diff, element } from './markdown.js';

const names = ['page', 'markdown', 'changes', 'findings'];
const tab = (name) => document.getElementById(`tab-${name}`);
const panel = (name) => document.getElementById(`panel-${name}`);

let shown = 'page';
let preview = null;

export function show(name) {
  shown = name;
  for (const other of names) {
    tab(other).setAttribute('aria-selected', String(other === name));
    tab(other).setAttribute('tabindex', other === name ? '0' : '-1');
    panel(other).hidden = other !== name;
  }
  fill();
}

function fill() {
  if (!preview) return;
  const node = panel(shown);
  if (node.revision === preview) return;
  node.revision = preview;
  const at = node.scrollTop;
  if (shown === 'page') node.replaceChildren(blocks(preview.markdown));
  if (shown === 'markdown') node.replaceChildren(element('pre', {}, preview.markdown));
  if (shown === 'changes')
    node.replaceChildren(
      ...preview.notes.map((note) => element('p', { class: 'note' }, note)),
      preview.diff ? element('div', { class: 'diff' }, diff(preview.diff)) : element('p', { class: 'none' }, 'The file is as it would be saved.'));
  if (shown === 'findings')
    node.replaceChildren(preview.findings.length
      ? element('ul', { class: 'all-findings' }, ...preview.findings.map((finding) => {
          const where = finding.line ? `line ${finding.line}: ` : '';
          if (!finding.item) return element('li', {}, where, finding.message);
          const jump = element('button', { type: 'button', class: 'jump', 'data-jump': finding.item }, where, finding.message);
          return element('li', {}, jump);
        }))
      : element('p', { class: 'none' }, 'Nothing found.'));
  node.scrollTop = at;
}

export function update(now) {
  preview = now;
  const count = now.findings.length;
  tab('findings').textContent = count ? `Findings (${count})` : 'Findings';
  fill();
}

export function start(jump) {
  const list = document.querySelector('[role=tablist]');
  list.addEventListener('click', (event) => {
    const name = event.target.id?.replace('tab-', '');
    if (names.includes(name)) show(name);
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    show(names[(names.indexOf(shown) + step + names.length) % names.length]);
    tab(shown).focus();
  });
  panel('findings').addEventListener('click', (event) => {
    const item = event.target.closest('[data-jump]')?.dataset.jump;
    if (item) jump(item);
  });
}

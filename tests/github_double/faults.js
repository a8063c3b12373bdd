// What goes wrong, and with which request.
//
// A specification is a list of rules, separated by ";" or line breaks:   SELECTOR[~TEXT] = FAULT[(ARGUMENT)]
//   SELECTOR   3  2-5  4-  (the n-th requests, from 1)    every    every/7
//              MergedPullRequests  MergedPullRequests#2  MergedPullRequests#2-5   (of one operation)
//   ~TEXT      only requests whose variables hold TEXT; the numbers then count those alone
//   FAULT      500 502 503 504 (HTML)  502-after (done, then 502)  too-heavy(N) (502 when a page of more than N is asked)
//              html  truncated  malformed  empty  reset  hang  slow(MS)  huge(MB)  redirect  401  forbidden
//              secondary(SECONDS) 429(SECONDS) (without an argument: no Retry-After)  secondary-200
//              rate-limit(SECONDS) rate-limited(SECONDS) (the two spellings; until the reset)  last-point (good, but remaining: 0)
//              resource-limits(N) (when more than N are asked a page; partial data with nulls)  went-wrong
//              not-found (one node is null, with an error)  null-node (without one)  null-item(OWNER/NAME#N)
//              count(+N) (issueCount is off)  repeat (an item comes again on this page)
//              budget(SEARCHES,HITS) (as resource-limits, when a request has more searches or asks for more hits together)
//              too-quickly (a write is refused as submitted too quickly)
"use strict";
const { existsSync, readFileSync, statSync } = require("node:fs");

const NAMES = new Set(["500", "502", "503", "504", "502-after", "too-heavy", "html", "truncated", "malformed", "empty", "reset", "hang", "slow", "huge",
    "redirect", "401", "forbidden", "secondary", "429", "secondary-200", "rate-limit", "rate-limited", "last-point", "resource-limits", "went-wrong",
    "not-found", "null-node", "null-item", "count", "repeat", "budget", "too-quickly"]);

// The requests that a selector names: {operation ("": any), first, last, every}.
function readSelector(selector) {
    if (selector === "" || selector === "every") return {};
    const found = /^(?:every\/(?<every>\d+)|(?:(?<operation>[^#]*)#)?(?<first>\d+)(?<dash>-)?(?<last>\d+)?|(?<name>[A-Za-z_]\w*))$/.exec(selector);
    if (!found || (found.groups.last && !found.groups.dash)) throw new Error(`not a selector of requests: ${selector}`);
    const { every, operation, first, dash, last, name } = found.groups;
    if (every) return { every: Number(every) };
    if (name) return { operation: name };
    return { operation, first: Number(first), last: last ? Number(last) : dash ? Infinity : Number(first) };
}

function readRule(line) {
    const found = /^(?<selector>[^~]*?)(?:~(?<text>.*))?=\s*(?<name>[^(]*?)(?:\((?<argument>.*)\))?$/.exec(line);
    if (!found) throw new Error(`fault rule without =: ${line}`);
    const { selector, text = "", name, argument = "" } = found.groups;
    if (!NAMES.has(name)) throw new Error(`no such fault: ${name}`);
    return { operation: "", first: 1, last: Infinity, every: 1, ...readSelector(selector.trim()), text: text.trimEnd(), seen: 0, fault: { name, argument } };
}

class Faults {
    #rules = [];
    // `specification` may be the name of a file.
    set(specification) {
        const isFile = existsSync(specification) && statSync(specification).isFile();
        const lines = (isFile ? readFileSync(specification, "utf8") : specification).split(/[;\n]/).map((line) => line.trim());
        this.#rules = lines.filter((line) => line !== "" && !line.startsWith("/")).map(readRule);
    }
    // The fault {name, argument} of a request that comes in now, or undefined; counts it.
    meet(operation, variables) {
        let out;
        for (const rule of this.#rules) {
            if ((rule.operation && rule.operation !== operation) || !variables.includes(rule.text)) continue;
            ++rule.seen;
            if (rule.seen >= rule.first && rule.seen <= rule.last && rule.seen % rule.every === 0) out ??= rule.fault;
        }
        return out;
    }
}

// What a fault changes in the data of an otherwise good answer.
function alteration({ name, argument }) {
    return {
        countShift: name === "count" ? Number(argument || 1) : 0,
        repeat: name === "repeat",
        nullNode: name === "null-node" || name === "not-found",
        withError: name === "not-found",
        nullItem: name === "null-item" ? argument : null,
    };
}

module.exports = { Faults, alteration };

// Times, made-up hashes and pages of lists.
"use strict";
const { createHash } = require("node:crypto");
const { GraphQLError } = require("graphql");

// Times are whole seconds since 1970, UTC. Null for what isn't a time.
function parseInstant(text) {
    const good = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text);
    const at = good ? Date.parse(text) : NaN;
    return Number.isNaN(at) ? null : Math.floor(at / 1000);
}

// The first second of a day such as 2024-05-14; null for a day that no calendar has.
function parseDay(text) {
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null;
    const at = Date.parse(text + "T00:00:00Z");
    return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text ? null : at / 1000;
}

function needInstant(text) {
    const at = parseInstant(text);
    if (at === null) throw new Error(`not a time: ${text}`);
    return at;
}

const formatInstant = (at) => new Date(at * 1000).toISOString().slice(0, 19) + "Z";

// Ids and hashes depend on nothing but what they are made from: every run of the double has the same.
function hash(...parts) {
    const out = createHash("sha1");
    for (const part of parts) out.update(part).update("\0");
    return out.digest("hex");
}
const madeUpId = (prefix, ...parts) => prefix + hash(...parts).slice(0, 11);

// An error of one field: it becomes null and errors[] says why.
const fieldError = (type, message) => new GraphQLError(message, { extensions: { type } });

const writeCursor = (offset) => Buffer.from(`cursor:${offset}`).toString("base64");

function readCursor(cursor) {
    const found = /^cursor:(\d+)$/.exec(Buffer.from(cursor, "base64").toString());
    if (!found) throw fieldError("INVALID_CURSOR_ARGUMENTS", `\`${cursor}\` does not appear to be a valid cursor.`);
    return Number(found[1]);
}

// The part [start, end) of `size` things that first, last, after and before choose.
function chosen(size, { first, last, after, before }) {
    let start = after == null ? 0 : Math.min(readCursor(after), size);
    let end = before == null ? size : Math.max(start, Math.min(readCursor(before) - 1, size));
    if (first != null) end = Math.min(end, start + first);
    if (last != null) start = Math.max(start, end - last);
    return [start, end];
}

const pageInfo = (start, end, size, empty = start === end) => ({
    hasNextPage: end < size,
    hasPreviousPage: start > 0,
    startCursor: empty ? null : writeCursor(start + 1),
    endCursor: empty ? null : writeCursor(end),
});

// A connection over `all`; `make` turns one of them into what is shown.
function page(all, options, make = (one) => one) {
    const [start, end] = chosen(all.length, options);
    return {
        nodes: () => all.slice(start, end).map((one, i) => make(one, start + i)),
        pageInfo: pageInfo(start, end, all.length),
        totalCount: all.length,
        filteredCount: all.length,
        pageCount: end - start,
    };
}

module.exports = { parseInstant, parseDay, needInstant, formatInstant, hash, madeUpId, fieldError, chosen, pageInfo, page };

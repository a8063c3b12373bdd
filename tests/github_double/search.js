// Search for issues and pull requests by GitHub's qualifiers.
"use strict";
const { parseDay, parseInstant } = require("./base");

const MOST_HITS = 1000, NEVER = [Infinity, -Infinity];
const DATES = { merged: "mergedTime", created: "createdTime", updated: "updatedTime", closed: "closedTime" };

// Terms {negated, qualifier (lower case; "": a word of the title), values (comma means OR)}.
function split(query) {
    return [...query.matchAll(/(-?)(?:([\w-]+):)?((?:"[^"]*"?|[^" ])+)/g)].map(([, minus, qualifier = "", value]) => ({
        negated: minus === "-", qualifier: qualifier.toLowerCase(),
        values: qualifier ? value.match(/(?:"[^"]*"?|[^",])+/g).map((one) => one.replaceAll('"', "")) : [value.replaceAll('"', "")] }));
}

// Seconds [from, to], closed at both ends; a bare day is the whole day, UTC. Null for what isn't a time.
function moment(text) {
    if (text === "*") return [-Infinity, Infinity];
    const day = parseDay(text), instant = parseInstant(text);
    return day !== null ? [day, day + 86_399] : instant !== null ? [instant, instant] : null;
}

function interval(text) {
    const dots = text.indexOf("..");
    if (dots >= 0) {
        const from = moment(text.slice(0, dots)), to = moment(text.slice(dots + 2));
        return from && to ? [from[0], to[1]] : NEVER;
    }
    const [, sign, rest] = /^([<>]=?)?(.*)$/.exec(text), one = moment(rest);
    if (!one) return NEVER;
    return { ">=": [one[0], Infinity], ">": [one[1] + 1, Infinity], "<=": [-Infinity, one[1]], "<": [-Infinity, one[0] - 1] }[sign] ?? one;
}

const IS = {
    pr: (i) => i.isPullRequest, issue: (i) => !i.isPullRequest, draft: (i) => i.more.draft,
    merged: (i) => i.state === "MERGED", unmerged: (i) => i.isPullRequest && i.state !== "MERGED", open: (i) => i.state === "OPEN",
    closed: (i) => i.state !== "OPEN", // on GitHub a merged pull request is closed too
    public: (i) => !i.repository.isPrivate, private: (i) => i.repository.isPrivate, archived: (i) => i.repository.isArchived,
};
// What the index holds instead of the item as it is; null when it is up to date.
const stale = ({ more }, { now }) => (more.stale !== null && more.stale.until > now ? more.stale : null);
const is = (lower) => IS[lower] ?? (() => false);
const owner = (lower) => (i) => i.repository.lowerOwner === lower;

// By qualifier: a value, in lower case and as written, to a test of items.
const QUALIFIERS = {
    "": (lower) => (i) => i.title.toLowerCase().includes(lower),
    is, type: is, state: is,
    org: owner, user: owner,
    repo: (lower) => (i) => i.repository.lower === lower,
    author: (lower) => {
        const login = lower.replace(/^app\//, ""); // bots are "app/name" to the search
        return (i) => i.author !== null && i.author.login.toLowerCase() === login;
    },
    label: (lower, _, world) => (i) => (stale(i, world)?.labels ?? i.labelList).some((label) => label.lower === lower),
    archived: (lower) => (i) => i.repository.isArchived === (lower === "true"),
    draft: (lower) => (i) => i.more.draft === (lower === "true"),
    base: (_, value) => (i) => (i.baseRefName ?? i.repository.defaultBranch) === value,
    head: (_, value) => (i) => i.more.headRef.startsWith(value),
    no: (lower) => (i) => lower === "label" && i.labelList.length === 0,
    in: () => () => true,
};
for (const [qualifier, key] of Object.entries(DATES))
    QUALIFIERS[qualifier] = (_, value) => {
        const [from, to] = interval(value);
        return (i) => i[key] !== null && from <= i[key] && i[key] <= to;
    };

function termTest({ negated, qualifier, values }, world) {
    const make = QUALIFIERS[qualifier] ?? ((lower) => QUALIFIERS[""](`${qualifier}:${lower}`)); // GitHub looks for what it doesn't know as words
    const any = values.map((value) => make(value.toLowerCase(), value, world));
    return (item) => any.some((test) => test(item)) !== negated;
}

function order(sort) {
    const [, what, direction] = /^(created|updated)?.*?(-asc)?$/.exec(sort), sign = direction ? 1 : -1;
    // "Best match" is an order that nobody can foretell.
    const key = what ? (i) => i[DATES[what]] : (i) => i.chance;
    return (a, b) => sign * (key(a) - key(b)) || (a.id < b.id ? -1 : 1);
}

// The first place in `items`, sorted by time of merge, whose time is at least `time`.
function lowerBound(items, time) {
    let low = 0, high = items.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (items[middle].mergedTime < time) low = middle + 1;
        else high = middle;
    }
    return low;
}

function find(world, query) {
    const tests = [(item) => !stale(item, world)?.gone], repositories = new Set(), dates = new Map();
    let merged = null, sort = "";
    for (const term of split(query)) {
        const [value] = term.values;
        if (term.qualifier === "sort") sort = value.toLowerCase();
        else if (term.qualifier === "repo" && !term.negated) repositories.add(value.toLowerCase());
        else if (term.qualifier in DATES) dates.set(term.qualifier, term); // a repeated one isn't to be relied on: the last one holds
        else tests.push(termTest(term, world));
        if (term.qualifier === "merged" && !term.negated) merged = interval(value);
    }
    // Several repo: mean any of them. What a repository was called before finds nothing.
    if (repositories.size > 0) tests.push((item) => repositories.has(item.repository.lower));
    for (const term of dates.values()) tests.push(termTest(term, world));
    world.index();
    const all = world.byMerge;
    const inTime = merged ? all.slice(lowerBound(all, merged[0]), lowerBound(all, merged[1] + 1)) : all;
    const hits = (merged ? inTime : [...all, ...world.notMerged]).filter((item) => tests.every((test) => test(item)));
    let sorted = null;
    return {
        count: hits.length,
        handedOut: Math.min(hits.length, MOST_HITS),
        get items() { return (sorted ??= hits.sort(order(sort)).slice(0, MOST_HITS)); },
    };
}

// Hits of a query {count (all that match), handedOut, items}; remembered, so that the pages of a search cost one scan.
class Search {
    #key = "";
    #known = new Map();
    find(world, query) {
        const key = `${world.version} ${world.now}`;
        if (this.#key !== key || this.#known.size > 2000) this.#known.clear();
        this.#key = key;
        if (!this.#known.has(query)) this.#known.set(query, find(world, query));
        return this.#known.get(query);
    }
}

module.exports = { Search };

// Changes by somebody else: what a test makes happen to the world. {"kind": one of EDITS, and what it takes}; items and pull requests go by
// their name "owner/name#number".
"use strict";
const { needInstant } = require("./base");
const { LabelEvent } = require("./items");
const { setState } = require("./mutations");
const { bytesOf } = require("./world");

// Brings a pull request's changes onto its base: as one new commit (squash), else as a merge.
function merge(world, pull, squash) {
    const base = pull.baseRef.target, head = pull.headRef.target;
    const origin = [...head.ancestors()].find((commit) => base.contains(commit))?.files ?? new Map();
    const differs = (path) => Buffer.compare(head.files.get(path) ?? Buffer.of(0), origin.get(path) ?? Buffer.of(0)) !== 0;
    const changes = [...new Set([...head.files.keys(), ...origin.keys()])].filter(differs).map((path) => [path, head.files.get(path) ?? null]);
    const mergeCommit = pull.repository.commit(pull.baseRefName, new Map(changes), world.now, `${pull.title} (#${pull.number})`, "",
        { merges: squash ? [] : [head] });
    Object.assign(pull.change({ mergeCommit, headOid: head.oid }), { state: "MERGED", mergedTime: world.now, closedTime: world.now });
}

const EDITS = {
    // Adds an item, or replaces the one with the same repository and number. With "was", that one moves and keeps its id.
    item(world, { item, was }) {
        if (!was) return world.loadItem(item);
        const old = world.item(was), { id } = old;
        world.remove(old);
        return world.loadItem({ ...item, id });
    },
    remove(world, { repo, number }) { world.remove(world.item(`${repo}#${number}`)); },
    // Puts labels on and takes labels off. "indexed": false: the search doesn't know yet.
    label(world, { item, add = [], remove = [], at, indexed = true }) {
        const found = world.item(item), before = found.labelList, time = at ? needInstant(at) : world.now;
        const events = [...remove.map((name) => [true, name]), ...add.map((name) => [false, name])].map(([off, name]) => new LabelEvent(off, world.label(name), time));
        found.labelList = [...before.filter(({ name }) => !remove.includes(name)), ...add.map((name) => world.label(name))];
        found.updatedTime = Math.max(found.updatedTime, time);
        found.change({ events: [...found.more.events, ...events].sort((a, b) => a.at - b.at), ...(!indexed && { stale: { until: Infinity, labels: before } }) });
    },
    // What the search index holds of items (all when left out; "share": of so many of them, 0 to 1) apart from the items themselves: nothing
    // ("gone"), or other labels ("labels"); until a time or for good. With neither the index is up to date again.
    index(world, { items, share = 1, gone, labels, until }) {
        const chosen = (items?.map((name) => world.item(name)) ?? [...world.items]).filter((item) => item.chance / 2 ** 32 < share);
        for (const item of chosen) item.change({ stale: world.staleIndex({ gone, labels, until }) });
    },
    push(world, { repo, branch, files, date, message = "Somebody else's work" }) {
        const repository = world.needRepository(repo);
        repository.commit(branch ?? repository.defaultBranch, bytesOf(files), date ? needInstant(date) : world.now, message);
    },
    "delete-branch"(world, { repo, branch }) { world.needRepository(repo).branches.delete(branch); },
    protect(world, { repo, branch }) { world.needRepository(repo).protectedBranches.add(branch); },
    // "lacks": so many times the fork denies a commit that only its parent has; "sync": its default branch becomes the parent's.
    fork(world, { repo, lacks = 0, sync = false }) {
        const fork = world.needRepository(repo);
        fork.lacksParent = lacks;
        if (sync) fork.branches.set(fork.defaultBranch, fork.parent.branches.get(fork.defaultBranch));
    },
    // "state": OPEN, CLOSED or MERGED (with "squash"); "title" and "body" as somebody edited them.
    pull(world, { pull, state, squash = false, title, body }) {
        const item = world.item(pull);
        item.title = title ?? item.title;
        if (body !== undefined) item.change({ body });
        if (state === "MERGED") merge(world, item, squash);
        else if (state) setState(item, state, world.now);
        item.updatedTime = world.now;
    },
    rename(world, { from, to }) {
        const repository = world.repository(from);
        if (!repository) throw new Error(`no repository ${from}`);
        world.repositories.delete(repository.lower);
        world.formerNames.set(repository.lower, to.toLowerCase());
        repository.rename(to);
        world.repositories.set(repository.lower, repository);
    },
    // An account's new name: its items and its id stay.
    login(world, { from, to }) {
        const person = world.people.get(from);
        if (!person) throw new Error(`no account ${from}`);
        world.people.delete(from);
        world.people.set(to, Object.assign(person, { login: to }));
    },
    // Nothing of an owner is shown any more, with this reason; null lifts that.
    policy(world, { owner, reason }) { world.policies.set(owner.toLowerCase(), reason); },
};

function edit(world, change) {
    if (!Object.hasOwn(EDITS, change.kind)) throw new Error(`unknown kind of edit ${change.kind}`);
    EDITS[change.kind](world, change);
    world.changed();
}

module.exports = { edit };

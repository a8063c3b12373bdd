// Changes by somebody else: what a test makes happen to the world.
"use strict";
const { needInstant } = require("./base");
const { bytesOf } = require("./world");

const EDITS = {
    // Adds an item, or replaces the one with the same repository and number; "was": "owner/name#number" moves one, which keeps its id.
    item(world, { item, was }) {
        if (!was) return world.loadItem(item);
        const old = world.item(was), { id } = old;
        world.remove(old);
        return world.loadItem({ ...item, id });
    },
    remove(world, { repo, number }) { world.remove(world.item(`${repo}#${number}`)); },
    push(world, { repo, branch, files, date, message = "Somebody else's work" }) {
        const repository = world.needRepository(repo);
        repository.commit(branch ?? repository.defaultBranch, bytesOf(files), date ? needInstant(date) : world.now, message);
    },
    rename(world, { from, to }) {
        const repository = world.repository(from);
        if (!repository) throw new Error(`no repository ${from}`);
        world.repositories.delete(repository.lower);
        world.formerNames.set(repository.lower, to.toLowerCase());
        repository.rename(to);
        world.repositories.set(repository.lower, repository);
    },
};

// {"kind": one of EDITS, and what it takes}
function edit(world, change) {
    if (!Object.hasOwn(EDITS, change.kind)) throw new Error(`unknown kind of edit ${change.kind}`);
    EDITS[change.kind](world, change);
    world.changed();
}

module.exports = { edit };

// What a query starts from: search, repository, nodes, viewer, the rate limit.
"use strict";
const { responsePathAsArray } = require("graphql");
const { chosen, fieldError, formatInstant, pageInfo } = require("./base");

const NOT_RESOLVED = "Could not resolve to a node with the global id of";

// Why the item isn't shown: {type, message}; null when it is.
function refusal(item, { world, alteration }) {
    const reason = world.policies.get(item.repository.lowerOwner);
    if (reason) return { type: "FORBIDDEN", message: reason };
    return alteration.nullItem === item.name ? { type: "NOT_FOUND", message: `${NOT_RESOLVED} '${item.id}'.`, silent: true } : null;
}

function search({ query, type, ...paging }, context, info) {
    const { alteration } = context;
    const hits = type === "ISSUE" ? context.search.find(context.world, query) : { count: 0, handedOut: 0, items: [] };
    const size = hits.handedOut, [start, end] = chosen(size, paging);
    // As if an item had come in before this page: its first one was the last one of the page before.
    const again = alteration.repeat && size > 0, shifted = again && start > 0 ? 1 : 0;
    const extra = again && start === 0 ? 1 : 0, last = end - shifted - (extra && end === paging.first ? 1 : 0);
    context.items += extra + last - (start - shifted);
    const shown = (item, i) => {
        const gone = alteration.nullNode && i === extra ? { type: "NOT_FOUND", message: `${NOT_RESOLVED} '${item.id}'.`, silent: !alteration.withError }
                                                        : refusal(item, context);
        if (gone && !gone.silent)
            context.errors.push({ type: gone.type, path: [...responsePathAsArray(info.path), "nodes", i], message: gone.message });
        return gone ? null : item;
    };
    return {
        issueCount: hits.count + (alteration.countShift ?? 0),
        pageInfo: pageInfo(start - shifted, last, size, extra + last - start + shifted === 0),
        nodes: () => [...hits.items.slice(0, extra), ...hits.items.slice(start - shifted, last)].map(shown),
    };
}

function repository({ owner, name, followRenames }, { world }) {
    const full = `${owner}/${name}`, found = world.repository(full);
    if (!found || (!followRenames && found.lower !== full.toLowerCase()))
        throw fieldError("NOT_FOUND", `Could not resolve to a Repository with the name '${full}'.`);
    const reason = world.policies.get(found.lowerOwner);
    if (reason) throw fieldError("FORBIDDEN", reason);
    return found;
}

// The item or repository with that id, or the error that takes its place.
function byId(id, context) {
    const found = context.world.itemById(id), refused = found && refusal(found, context);
    if (refused) return fieldError(refused.type, refused.message);
    return found ?? context.world.repositoryById(id) ?? fieldError("NOT_FOUND", `${NOT_RESOLVED} '${id}'.`);
}

const query = {
    search,
    repository,
    node: ({ id }, context) => byId(id, context),
    nodes({ ids }, context) {
        if (ids.length > 100) throw fieldError("ARGUMENT_LIMIT", `You may not provide more than 100 node ids; you provided ${ids.length}.`);
        return ids.map((id) => byId(id, context));
    },
    viewer: (_, { world }) => world.viewer,
    rateLimit: (_, { limit: { limit, used, reset }, prepared }) => ({
        limit, used, remaining: limit - used, resetAt: formatInstant(reset), cost: prepared.cost, nodeCount: prepared.nodes }),
};

module.exports = { query };

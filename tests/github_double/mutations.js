// Mutations, as far as a draft pull request needs them, with GitHub's rules and words.
"use strict";
const { fieldError } = require("./base");
const { HEADS } = require("./git");
const { PullRequest } = require("./items");

const LONGEST_BODY = 65_536;
const unprocessable = (message) => fieldError("UNPROCESSABLE", message);
function resolved(found, id) {
    if (!found) throw fieldError("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
    return found;
}

function needWrite(repository, what, branch) {
    if (["READ", "TRIAGE"].includes(repository.viewerPermission))
        throw fieldError("FORBIDDEN", `Resource not accessible by personal access token (${what})`);
    if (repository.isArchived) throw fieldError("FORBIDDEN", "Repository was archived so is read-only.");
    if (repository.protectedBranches.has(branch))
        throw unprocessable("Repository rule violations found\n\nChanges must be made through a pull request.\n\n");
}

const repositoryOf = (world, id) => resolved(world.repositoryById(id), id);

function refById(world, id) {
    const refs = [...world.repositories.values()].flatMap((repository) => [...repository.branches.keys()].map((name) => repository.branch(name)));
    return resolved(refs.find((ref) => ref.id === id), id);
}

function commitByOid(repository, oid) {
    const found = repository.find(oid);
    if (!found) throw unprocessable("Object does not exist in the repository.");
    return found;
}

// A Map of path to bytes, null for what is deleted.
function changesOf({ additions = [], deletions = [] }, head) {
    const out = new Map();
    const add = (path, bytes) => {
        if (path === "" || path.startsWith("/") || path.includes("//"))
            throw unprocessable(`A path was requested for change that is not valid: "${path}"`);
        if (out.has(path)) throw unprocessable(`The path "${path}" is changed twice`);
        out.set(path, bytes);
    };
    for (const { path, contents } of additions ?? []) add(path, Buffer.from(contents, "base64"));
    for (const { path } of deletions ?? []) {
        if (!head.files.has(path))
            throw unprocessable(`A path was requested for deletion which does not exist as of commit oid \`${head.oid}\``);
        add(path, null);
    }
    return out;
}

function createRef({ repositoryId, name, oid }, world) {
    const repository = repositoryOf(world, repositoryId), branch = name.slice(HEADS.length);
    needWrite(repository, "createRef");
    if (!name.startsWith(HEADS) || branch === "") throw unprocessable("Name must start with 'refs/heads/' or 'refs/tags/'.");
    const commit = commitByOid(repository, oid);
    if (repository.branches.has(branch)) throw unprocessable(`A ref named "${name}" already exists in the repository.`);
    repository.branches.set(branch, commit);
    return { ref: repository.branch(branch) };
}

function updateRef({ refId, oid, force }, world) {
    const ref = refById(world, refId), { repository } = ref;
    needWrite(repository, "updateRef", ref.name);
    const commit = commitByOid(repository, oid);
    if (!force && !commit.contains(ref.target)) throw unprocessable("Update is not a fast forward");
    repository.branches.set(ref.name, commit);
    return { ref };
}

function deleteRef({ refId }, world) {
    const { repository, name } = refById(world, refId);
    needWrite(repository, "deleteRef", name);
    repository.branches.delete(name);
    return {};
}

function createCommitOnBranch({ branch, expectedHeadOid, message, fileChanges }, world) {
    const named = branch.id ? refById(world, branch.id) : null;
    const repository = named?.repository ?? world.repository(branch.repositoryNameWithOwner ?? ""), name = named?.name ?? branch.branchName;
    if (!repository) throw fieldError("NOT_FOUND", "Could not resolve to a Repository.");
    needWrite(repository, "createCommitOnBranch", name);
    const head = repository.branches.get(name);
    if (!head) throw fieldError("NOT_FOUND", `No such branch in ${repository.nameWithOwner}: "${name}"`);
    if (head.oid !== expectedHeadOid)
        throw fieldError("STALE_DATA", `Expected branch to point to "${expectedHeadOid}" but it did not.  Pull and try again.`);
    const commit = repository.commit(name, changesOf(fileChanges ?? {}, head), world.now, message.headline, message.body ?? "");
    return { ref: repository.branch(name), commit };
}

function createPullRequest({ repositoryId, baseRefName, headRefName, headRepositoryId, title, body, draft }, world) {
    const repository = repositoryOf(world, repositoryId);
    const [, owner, branch] = /^(?:([^:]*):)?(.*)$/.exec(headRefName);
    const head = owner !== undefined ? world.repository(`${owner}/${repository.name}`)
        : headRepositoryId ? world.repositoryById(headRepositoryId) : repository;
    if (repository.viewerPermission === "NONE")
        throw fieldError("FORBIDDEN", "GitHub Actions is not permitted to create or approve pull requests.");
    if (!head?.branches.has(branch)) throw unprocessable("Head sha can't be blank, Head ref must be a branch");
    if (!repository.branches.has(baseRefName)) throw unprocessable("Base ref must be a branch");
    if (repository.branches.get(baseRefName).contains(head.branches.get(branch)))
        throw unprocessable(`No commits between ${baseRefName} and ${branch}`);
    const same = (item) => item.state === "OPEN" && item.more.headRef === branch && item.more.headRepository === head && item.more.baseRef === baseRefName;
    if ([...repository.items.values()].some(same)) throw unprocessable(`A pull request already exists for ${head.ownerLogin}:${branch}.`);
    if (Buffer.byteLength(body ?? "") > LONGEST_BODY) throw unprocessable(`Body is too long (maximum is ${LONGEST_BODY} characters)`);
    const item = new PullRequest({
        knownId: "", repository, number: Math.max(0, ...repository.items.keys()) + 1, title, state: "OPEN", createdTime: world.now, updatedTime: world.now,
        mergedTime: null, closedTime: null, author: world.viewer, labelList: [], additions: 0, deletions: 0, changedFiles: 0 });
    return { pullRequest: world.add(item.change({ body: body ?? "", baseRef: baseRefName, headRef: branch, headRepository: head, draft })) };
}

function updatePullRequest({ pullRequestId, title, body, baseRefName, state }, world) {
    const found = world.itemById(pullRequestId), item = resolved(found?.isPullRequest ? found : null, pullRequestId);
    needWrite(item.repository, "updatePullRequest");
    if (title != null) item.title = title;
    if (body != null) item.change({ body });
    if (baseRefName) item.change({ baseRef: baseRefName });
    if (state) setState(item, state, world.now);
    item.updatedTime = world.now;
    world.changed();
    return { pullRequest: item };
}

function setState(item, state, now) {
    if (item.state === "MERGED") throw unprocessable("Could not change the state: the pull request was merged.");
    if (state === "OPEN" && item.headRepository && !item.headRef) throw unprocessable("Could not open the pull request: the head branch was deleted.");
    item.state = state;
    item.closedTime = state === "OPEN" ? null : now;
}

const all = { createRef, updateRef, deleteRef, createCommitOnBranch, createPullRequest, updatePullRequest };
const mutations = Object.fromEntries(Object.entries(all).map(([name, run]) => [name, ({ input }, { world }) => {
    const out = run(input, world);
    world.changed();
    return { clientMutationId: input.clientMutationId ?? null, ...out };
}]));

module.exports = { mutations, setState };

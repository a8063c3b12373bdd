// Repositories with their branches, commits, folders and files.
"use strict";
const { hash, madeUpId, fieldError, formatInstant, page } = require("./base");

const LONGEST_TEXT = 512_000; // bytes that GitHub hands out of one file
const HEADS = "refs/heads/";
const withoutHeads = (name) => (name.startsWith(HEADS) ? name.slice(HEADS.length) : name);

class GitObject {
    get id() { return `${this.__typename[0]}_${this.oid}`; }
}

class Blob extends GitObject {
    __typename = "Blob";
    constructor(repository, bytes) { Object.assign(super(), { repository, bytes }); }
    get oid() { return hash("blob", this.bytes); }
    get byteSize() { return this.bytes.length; }
    get isBinary() { return this.bytes.includes(0); }
    get isTruncated() { return !this.isBinary && this.byteSize > LONGEST_TEXT; }
    get text() {
        if (this.isBinary) return null;
        let length = Math.min(LONGEST_TEXT, this.byteSize);
        while ((this.bytes[length] & 0xc0) === 0x80) --length; // not inside a character
        return this.bytes.toString("utf8", 0, length);
    }
}

class Tree extends GitObject {
    __typename = "Tree";
    constructor(commit, prefix) { Object.assign(super(), { commit, prefix }); } // "" or "path/"
    get paths() { return [...this.commit.files.keys()].filter((path) => path.startsWith(this.prefix)).sort(); }
    get oid() { return hash("tree", ...this.paths.flatMap((path) => [path, this.commit.files.get(path)])); }
    get repository() { return this.commit.repository; }
    get entries() {
        const names = new Set(this.paths.map((path) => path.slice(this.prefix.length).split("/")[0]));
        return [...names].map((name) => new TreeEntry(this.commit, this.prefix + name));
    }
}

class TreeEntry {
    constructor(commit, path) {
        this.path = path;
        this.object = commit.at(path);
    }
    get name() { return this.path.slice(this.path.lastIndexOf("/") + 1); }
    get type() { return this.object instanceof Tree ? "tree" : "blob"; }
    get oid() { return this.object.oid; }
}

class Commit extends GitObject {
    __typename = "Commit";
    // `parents`: none, one, or two of a merge. `files`: every file, a Map of path to bytes. `touched`: paths that differ.
    constructor(fields) { Object.assign(super(), fields); }
    get url() { return `https://github.com/${this.repository.nameWithOwner}/commit/${this.oid}`; }
    get committedDate() { return formatInstant(this.date); }
    get message() { return this.messageHeadline + (this.messageBody && `\n\n${this.messageBody}`); }
    get tree() { return new Tree(this, ""); }
    file({ path }) { return this.files.has(path) ? new TreeEntry(this, path) : null; }
    // The file or folder at a path; null where there is none.
    at(path) {
        const bare = path.replace(/\/+$/, "");
        if (bare === "") return this.tree;
        if (this.files.has(bare)) return new Blob(this.repository, this.files.get(bare));
        const tree = new Tree(this, `${bare}/`);
        return tree.paths.length > 0 ? tree : null;
    }
    history({ path, ...paging }) {
        const touches = (commit) => commit.touched.some((one) => one === path || one.startsWith(`${path}/`));
        return page([...this.line()].filter((commit) => !path || touches(commit)), paging);
    }
    // This commit and its first parents.
    *line() {
        for (let commit = this; commit; commit = commit.parents[0]) yield commit;
    }
    // This commit and all before it, each once.
    *ancestors() {
        const seen = new Set([this]);
        for (const commit of seen) {
            yield commit;
            for (const parent of commit.parents) seen.add(parent);
        }
    }
    contains(other) { return [...this.ancestors()].includes(other); }
}

class Ref {
    __typename = "Ref";
    prefix = HEADS;
    constructor(repository, name) { Object.assign(this, { repository, name }); }
    get id() { return madeUpId("REF_", this.repository.id, this.name); }
    get target() { return this.repository.branches.get(this.name); }
}

class Repository {
    __typename = "Repository";
    defaultBranch = "main";
    viewerPermission = "WRITE";
    isArchived = false;
    isPrivate = false;
    parent = null; // of a fork
    branches = new Map(); // name to the commit at its head
    commits = new Map(); // oid to commit: all that were ever made here
    items = new Map(); // by number
    protectedBranches = new Set();
    lacksParent = 0; // how often the fork denies a commit that only its parent has yet

    constructor(world, nameWithOwner) {
        this.world = world;
        this.id = madeUpId("R_kg", nameWithOwner);
        this.rename(nameWithOwner);
    }
    rename(nameWithOwner) {
        this.nameWithOwner = nameWithOwner;
        this.lower = nameWithOwner.toLowerCase();
        [this.lowerOwner] = this.lower.split("/");
    }
    get name() { return this.nameWithOwner.split("/")[1]; }
    get ownerLogin() { return this.nameWithOwner.split("/")[0]; }
    // A fork belongs to a person, everything else to an organisation.
    get owner() { return this.world.person(this.ownerLogin, this.parent ? "User" : "Organization"); }
    get url() { return `https://github.com/${this.nameWithOwner}`; }
    get defaultBranchRef() { return this.branch(this.defaultBranch); }
    branch(name) { return this.branches.has(name) ? new Ref(this, name) : null; }
    ref({ qualifiedName }) { return this.branch(withoutHeads(qualifiedName)); }
    object({ oid, expression }) {
        if (oid != null) return this.find(oid);
        if (expression == null) return null;
        const [revision, ...path] = expression.split(":");
        const commit = this.find(revision);
        return commit && path.length > 0 ? commit.at(path.join(":")) : commit;
    }
    // A revision as git names it: HEAD, a branch, refs/heads/..., refs/pull/N/head, or (the start of) an oid.
    find(revision) {
        let name = withoutHeads(revision === "HEAD" ? this.defaultBranch : revision);
        if (this.branches.has(name)) return this.branches.get(name);
        const pull = /^refs\/pull\/(\d+)\/head$/.exec(name);
        if (pull) name = this.items.get(Number(pull[1]))?.more.headOid ?? "";
        if (name.length < 4) return null;
        const fits = (commit) => commit.oid.startsWith(name);
        const own = [...this.commits.values(), ...[...this.branches.values()].flatMap((head) => [...head.ancestors()])].find(fits);
        if (own) return own;
        // A repository and its forks share their commits, but a fork learns of new ones with a delay.
        for (const other of this.world.repositories.values()) {
            const shared = other.parent === this || this.parent === other ? [...other.commits.values()].find(fits) : undefined;
            if (shared && this.lacksParent-- > 0) return null;
            if (shared) return shared;
        }
        return null;
    }
    // Puts a commit on a branch, made when it isn't there. `changes`: a Map of path to bytes; null deletes the file.
    commit(branch, changes, date, messageHeadline, messageBody = "", { oid, merges = [] } = {}) {
        const head = this.branches.get(branch);
        const files = new Map(head?.files), described = [];
        for (const [path, bytes] of changes) {
            described.push(path, bytes ?? "");
            if (bytes) files.set(path, bytes);
            else files.delete(path);
        }
        const parents = [...(head ? [head] : []), ...merges];
        const made = new Commit({
            oid: oid || hash("commit", this.id, ...parents.map((one) => one.oid), messageHeadline, formatInstant(date), ...described),
            repository: this, parents, files, touched: [...changes.keys()], date, messageHeadline, messageBody });
        this.commits.set(made.oid, made);
        this.branches.set(branch, made);
        this.world.changed();
        return made;
    }
    numbered(number, type, called) {
        const item = this.items.get(number);
        if (!item || (type && item.__typename !== type))
            throw fieldError("NOT_FOUND", `Could not resolve to ${called} with the number of ${number}.`);
        return item;
    }
    pullRequest({ number }) { return this.numbered(number, "PullRequest", "a PullRequest"); }
    issue({ number }) { return this.numbered(number, "Issue", "an Issue"); }
    issueOrPullRequest({ number }) { return this.numbered(number, null, "an issue or pull request"); }
    pullRequests({ states, headRefName, baseRefName, labels, orderBy, ...paging }) {
        const wanted = (item) =>
            item.isPullRequest && (!states || states.includes(item.state)) && (headRefName == null || item.more.headRef === headRefName) &&
            (baseRefName == null || item.baseRefName === baseRefName) && (!labels || labels.some((label) => item.hasLabel(label.toLowerCase())));
        const key = orderBy?.field === "UPDATED_AT" ? "updatedTime" : "createdTime", sign = orderBy?.direction === "DESC" ? -1 : 1;
        const found = [...this.items.values()].filter(wanted);
        return page(found.sort((a, b) => sign * (a[key] - b[key]) || (a.id < b.id ? -1 : 1)), paging);
    }
}

module.exports = { Repository, Commit, HEADS };

// What GitHub holds: loaded from world files, from a list of merged pull requests, or made up; changed by edits and mutations.
"use strict";
const { readFileSync } = require("node:fs");
const { gunzipSync } = require("node:zlib");
const { hash, needInstant, parseDay, parseInstant } = require("./base");
const { Repository } = require("./git");
const { Person, Label, LabelEvent, PullRequest, Issue } = require("./items");

const DAY = 86_400;

function reading(file, action) { // its errors name the file
    try {
        return action();
    } catch (error) {
        throw new Error(`${file}: ${error.message}`);
    }
}

// Files carry no date in a world: a report's path tells its day, the others are older than every issue of the world.
function commitDate(path, otherwise) {
    for (const found of path.matchAll(/(?=(\d{4}-\d\d-\d\d))/g)) {
        const day = parseDay(found[1]);
        if (day !== null) return day + 20 * 3600;
    }
    return otherwise;
}

const kept = (map, key, make) => map.get(key) ?? map.set(key, make()).get(key);
const bytesOf = (files) => new Map(Object.entries(files).map(([path, text]) => [path, text === null ? null : Buffer.from(text)]));

class World {
    repositories = new Map(); // by name in lower case
    formerNames = new Map(); // both in lower case
    people = new Map(); // by login
    labels = new Map(); // by name
    items = new Set();
    policies = new Map(); // owner in lower case to the reason why its items aren't shown
    version = 1; // grows with every change: what was computed from an older world is stale
    now = Math.floor(Date.now() / 1000); // what the double takes for the present
    viewerLogin = "double-viewer";
    #indexed = 0;
    changed() { ++this.version; }
    get viewer() { return this.person(this.viewerLogin, "User"); }
    // "owner/name" in any case, also a former name; undefined when there is none.
    repository(name) {
        const lower = name.toLowerCase();
        return this.repositories.get(this.formerNames.get(lower) ?? lower);
    }
    needRepository(name) { return this.repository(name) ?? kept(this.repositories, name.toLowerCase(), () => new Repository(this, name)); }
    repositoryById(id) { return [...this.repositories.values()].find((one) => one.id === id); }
    person(login, type) { return kept(this.people, login, () => new Person(login, type)); }
    label(name) { return kept(this.labels, name, () => new Label(name)); }
    item(name) {
        const [repository, number] = name.split("#");
        const found = this.repository(repository)?.items.get(Number(number));
        if (!found) throw new Error(`no item ${name}`);
        return found;
    }
    // Takes the place of an item with the same repository and number.
    add(item) {
        this.remove(item.repository.items.get(item.number));
        item.repository.items.set(item.number, item);
        this.items.add(item);
        this.changed();
        return item;
    }
    remove(item) {
        if (!item) return;
        item.repository.items.delete(item.number);
        this.items.delete(item);
        this.changed();
    }
    // Items by id, those merged in order of time, and the others; until the next change.
    index() {
        if (this.#indexed === this.version) return;
        this.#indexed = this.version;
        this.byId = null;
        this.byMerge = [];
        this.notMerged = [];
        for (const item of this.items) (item.mergedTime === null ? this.notMerged : this.byMerge).push(item);
        this.byMerge.sort((a, b) => a.mergedTime - b.mergedTime);
    }
    itemById(id) {
        this.index();
        this.byId ??= new Map([...this.items].map((item) => [item.id, item]));
        return this.byId.get(id);
    }
    loadFile(file) { reading(file, () => this.load(JSON.parse(readFileSync(file, "utf8")))); }
    load(world) {
        const each = (key, action) => Object.entries(world[key] ?? {}).forEach(([name, value]) => action(this.needRepository(name), value));
        for (const name of world.repos ?? []) this.needRepository(name);
        each("defaultBranch", (repository, branch) => (repository.defaultBranch = branch));
        // What the published format doesn't have and the double's own worlds may tell.
        for (const name of world.archived ?? []) this.needRepository(name).isArchived = true;
        for (const name of world.private ?? []) this.needRepository(name).isPrivate = true;
        each("viewerPermission", (repository, permission) => (repository.viewerPermission = permission));
        each("protected", (repository, branches) => branches.forEach((branch) => repository.protectedBranches.add(branch)));
        for (const [former, name] of Object.entries(world.formerNames ?? {})) this.formerNames.set(former.toLowerCase(), name.toLowerCase());
        for (const [owner, reason] of Object.entries(world.policies ?? {})) this.policies.set(owner.toLowerCase(), reason);
        this.viewerLogin = world.viewer ?? this.viewerLogin;
        const old = (parseDay(world.issue ?? "") ?? parseDay("2020-01-01")) - 60 * DAY;
        each("files", (repository, files) => this.loadFiles(repository, files, world.commits?.[repository.nameWithOwner] ?? {}, old));
        each("forks", (fork, origin) => {
            fork.parent = this.needRepository(origin);
            fork.defaultBranch = fork.parent.defaultBranch;
            const head = fork.parent.branches.get(fork.defaultBranch);
            if (head) fork.branches.set(fork.defaultBranch, head);
        });
        each("lacksParent", (fork, times) => (fork.lacksParent = times));
        for (const item of world.items ?? []) this.loadItem(item);
        this.changed();
    }
    // One commit for each id in `touched` (path to id), and one for the rest, in order of time.
    loadFiles(repository, files, touched, old) {
        const steps = new Map([["", { date: old, files: {} }]]);
        for (const [path, text] of Object.entries(files)) {
            const oid = touched[path] ?? "";
            if (!steps.has(oid)) steps.set(oid, { date: commitDate(path, old), files: {} });
            steps.get(oid).files[path] = text;
        }
        for (const [oid, step] of [...steps].sort(([, a], [, b]) => a.date - b.date))
            repository.commit(repository.defaultBranch, bytesOf(step.files), step.date, "Add files", "", { oid });
    }
    loadItem(json) {
        const time = (key) => (json[key] == null ? null : needInstant(json[key]));
        const createdTime = needInstant(json.createdAt), mergedTime = time("mergedAt");
        const repository = this.needRepository(json.repo);
        const item = new (json.typename === "Issue" ? Issue : PullRequest)({
            knownId: json.id ?? "", repository, number: json.number, title: json.title ?? "", state: json.state ?? "OPEN",
            createdTime, mergedTime, closedTime: time("closedAt") ?? mergedTime, updatedTime: time("updatedAt") ?? mergedTime ?? createdTime,
            author: json.author ? this.person(json.author.login, json.author.typename ?? "User") : null,
            labelList: (json.labels ?? []).map((name) => this.label(name)),
            additions: json.additions ?? 0, deletions: json.deletions ?? 0, changedFiles: json.changedFiles || (json.files?.length ?? 0) });
        const more = {};
        if (json.events)
            more.events = json.events.map((one) => new LabelEvent(one.type === "UNLABELED_EVENT", this.label(one.label), needInstant(one.createdAt)))
                .sort((a, b) => a.at - b.at);
        const taken = { changeTypes: "changeTypes", body: "body", isDraft: "draft", headRefName: "headRef", baseRefName: "baseRef" };
        for (const [key, name] of Object.entries(taken)) if (key in json) more[name] = json[key];
        if (json.files === null || json.files?.length > 0) more.files = json.files;
        if (json.commits?.length > 0) more.commits = json.commits.map(needInstant);
        if (json.headRepository) more.headRepository = this.needRepository(json.headRepository);
        if (json.headFiles) {
            // The texts of the files at the head of the pull request, on a commit that no branch has.
            const branch = `pull/${json.number}`, head = repository.branches.get(repository.defaultBranch);
            if (head) repository.branches.set(branch, head);
            more.headOid = repository.commit(branch, bytesOf(json.headFiles), createdTime, item.title, "", { oid: json.headRefOid }).oid;
            repository.branches.delete(branch);
            more.files = [...new Set([...(json.files ?? []), ...Object.keys(json.headFiles)])];
            item.changedFiles ||= more.files.length;
        }
        if (json.index) more.stale = this.staleIndex(json.index);
        return this.add(Object.keys(more).length > 0 ? item.change(more) : item);
    }
    staleIndex({ gone = false, labels, until }) {
        if (!gone && !labels) return null;
        return { until: until ? needInstant(until) : Infinity, gone, labels: labels?.map((name) => this.label(name)) };
    }
    // Lines of {repo, number, title, merged_at, author}, gzip or not. The rest is made up, the same way each time.
    loadMergedList(file) {
        const bytes = reading(file, () => readFileSync(file));
        const lines = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString().split("\n");
        lines.forEach((line, i) => line && reading(`${file}:${i + 1}`, () => {
            const json = JSON.parse(line), mergedTime = needInstant(json.merged_at);
            const chance = parseInt(hash(json.repo, String(json.number)).slice(0, 8), 16);
            this.addMerged(this.needRepository(json.repo), json.number, json.title, mergedTime, {
                createdTime: mergedTime - 60 - (chance % (DAY * 20)), updatedTime: mergedTime + (chance % 7200),
                author: json.author ? this.person(json.author, "User") : null,
                labelList: [this.label(chance % 3 === 0 ? "S-waiting-on-review" : "S-waiting-on-bors")],
                additions: chance % 700, deletions: Math.trunc(chance / 7) % 300, changedFiles: 1 + (Math.trunc(chance / 11) % 20) });
        }));
    }
    addMerged(repository, number, title, mergedTime, fields) {
        this.add(new PullRequest({ knownId: "", repository, number, title, state: "MERGED", mergedTime, closedTime: mergedTime, ...fields }));
    }
    // `from` and `to` in seconds. Now and then 1,500 are merged within one second: more than a search hands out.
    addMadeUp(count, from, to, seed) {
        let state = seed >>> 0;
        const random = (below) => {
            state = (state + 0x6d2b79f5) | 0; // mulberry32
            let t = Math.imul(state ^ (state >>> 15), state | 1);
            t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
            return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
        };
        const repositories = ["rust", "cargo", "rust-clippy", "rust-analyzer", "miri", "crates.io", "libc", "team"].map((one) => this.needRepository(`rust-lang/${one}`));
        const authors = Array.from({ length: 500 }, (_, i) => this.person(`made-up-${i}`, "User"));
        const labelList = [this.label("S-waiting-on-bors")], burstEvery = 50_000, burstSize = 1_500;
        for (let i = 0, burst = from; i < count; ++i) {
            if (i % burstEvery === 0) burst = from + random(to - from);
            const mergedTime = count >= burstEvery && i % burstEvery < burstSize ? burst : from + random(to - from);
            this.addMerged(repositories[random(8)], i + 1, `Change number ${i + 1} of this made-up history`, mergedTime, {
                createdTime: mergedTime - 60 - random(DAY), updatedTime: mergedTime, author: authors[random(500)], labelList,
                additions: random(500), deletions: random(200), changedFiles: 1 + random(9) });
        }
    }
    // What tests look at.
    state() {
        const repositories = {};
        for (const repository of [...this.repositories.values()].sort((a, b) => (a.lower < b.lower ? -1 : 1))) {
            const branches = {};
            for (const [name, head] of [...repository.branches].sort())
                branches[name] = { oid: head.oid, message: head.messageHeadline, commits: [...head.line()].length,
                    files: Object.fromEntries([...head.files].sort().map(([path, bytes]) => [path, bytes.toString()])) };
            if (repository.branches.size > 0) repositories[repository.nameWithOwner] = { branches };
        }
        const described = (item) => ({ id: item.id, state: item.state, repo: item.repository.nameWithOwner, number: item.number, title: item.title, body: item.body,
            draft: item.more.draft, base: item.more.baseRef, head: item.more.headRef, headRepository: (item.headRepository ?? item.repository).nameWithOwner });
        const pullRequests = [...this.items].filter((item) => item.isPullRequest && (item.state === "OPEN" || item.headRepository)).map(described);
        return { repositories, pullRequests, openPullRequests: pullRequests.filter(({ state }) => state === "OPEN"), items: this.items.size };
    }
}

module.exports = { World, bytesOf };

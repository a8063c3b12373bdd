// Pull requests and issues, their labels and label events, and people. A member that schema.graphql has is that field.
"use strict";
const { formatInstant, hash, madeUpId, page, parseInstant } = require("./base");
const { Commit } = require("./git");

const timeOrNull = (at) => (at === null ? null : formatInstant(at));

class Person {
    name = null;
    constructor(login, type) { // User, Bot, Organization, Mannequin
        this.__typename = type;
        this.id = madeUpId("U_kg", login); // stays when the login changes
        this.login = login;
    }
    get url() { return `https://github.com/${this.__typename === "Bot" ? "apps/" : ""}${this.login}`; }
}

class Label {
    __typename = "Label";
    constructor(name) {
        this.name = name;
        this.lower = name.toLowerCase();
    }
    get id() { return madeUpId("LA_", this.name); }
}

class LabelEvent {
    constructor(removed, label, at) {
        this.__typename = removed ? "UnlabeledEvent" : "LabeledEvent";
        this.label = label;
        this.at = at;
    }
    get type() { return this.__typename === "LabeledEvent" ? "LABELED_EVENT" : "UNLABELED_EVENT"; }
    get createdAt() { return formatInstant(this.at); }
    get id() { return madeUpId("LE_", this.label.name, this.createdAt); }
}

// What few items have. files: null is what GitHub says of very large pull requests; undefined: nobody told.
const NOTHING_MORE = Object.freeze({
    events: [], files: undefined, changeTypes: {}, commits: null, body: "", baseRef: "", headRef: "", headOid: "", headRepository: null,
    draft: false, mergeCommit: null,
    stale: null, // {until, gone, labels}: what the search index holds of it instead until that time
});

class Item {
    more = NOTHING_MORE;
    // knownId ("": one is made up), repository, number, title, state (OPEN, CLOSED, MERGED), createdTime, updatedTime, mergedTime and
    // closedTime (or null), author (null: the account is gone), labelList, additions, deletions, changedFiles
    constructor(fields) { Object.assign(this, fields); }
    get id() { return (this.knownId ||= madeUpId(this.isPullRequest ? "PR_" : "I_", this.repository.id, String(this.number))); }
    // A number that depends on nothing but the id, for what is made up.
    get chance() { return parseInt(hash(this.id).slice(0, 8), 16); }
    change(more) {
        this.more = { ...this.more, ...more };
        return this;
    }
    get name() { return `${this.repository.nameWithOwner}#${this.number}`; }
    get url() { return `https://github.com/${this.repository.nameWithOwner}/${this.isPullRequest ? "pull" : "issues"}/${this.number}`; }
    get createdAt() { return formatInstant(this.createdTime); }
    get updatedAt() { return formatInstant(this.updatedTime); }
    get closedAt() { return timeOrNull(this.closedTime); }
    get closed() { return this.state !== "OPEN"; }
    get body() { return this.more.body; }
    hasLabel(lower) { return this.labelList.some((label) => label.lower === lower); }
    labels(paging) { return page(this.labelList, paging); }
    timelineItems({ itemTypes, since, skip, ...paging }) {
        const from = since == null ? -Infinity : parseInstant(since);
        const found = this.more.events.filter((event) => (!itemTypes || itemTypes.includes(event.type)) && event.at >= from);
        return { ...page(found.slice(skip ?? 0), paging), totalCount: this.more.events.length, updatedAt: "2024-01-01T00:00:00Z" };
    }
}

class PullRequest extends Item {
    get __typename() { return "PullRequest"; }
    get isPullRequest() { return true; }
    get isDraft() { return this.more.draft; }
    get mergedAt() { return timeOrNull(this.mergedTime); }
    // mergedAt and mergeCommit aren't always set together.
    get merged() { return this.state === "MERGED"; }
    get mergeCommit() {
        if (this.more.mergeCommit) return this.more.mergeCommit;
        return this.mergedTime !== null && this.chance % 2 === 0 ? this.madeUpCommit("merge", this.mergedTime) : null;
    }
    get baseRefName() { return this.more.baseRef || this.repository.defaultBranch; }
    get headRefName() { return this.more.headRef || `change-${this.number}`; }
    // The head of a branch that the double follows, else what a world or nobody told.
    get headRef() { return this.more.headRef ? (this.headRepository?.branch(this.more.headRef) ?? null) : null; }
    get headRefOid() { return this.headRef?.target.oid ?? (this.more.headOid || hash("head", this.id)); }
    get baseRef() { return this.repository.branch(this.baseRefName); }
    get headRepository() { return this.more.headRepository; }
    get headRepositoryOwner() { return this.headRepository?.owner ?? (this.author?.__typename === "User" ? this.author : null); }
    get isCrossRepository() { return this.headRepository !== this.repository; }
    files(paging) {
        const { files: paths, changeTypes } = this.more;
        if (paths === null) return null;
        // Few items tell their files; the others have as many as they say, with names of no meaning.
        const all = paths ?? Array.from({ length: this.changedFiles }, (_, i) => `src/part_${i}.rs`);
        const share = (lines) => Math.trunc(lines / all.length);
        return page(all, paging, (path, i) => ({
            path, additions: share(this.additions), deletions: share(this.deletions),
            changeType: changeTypes[path] ?? (!paths && i % 2 === 0 ? "MODIFIED" : "ADDED") }));
    }
    commits(paging) {
        return page(this.more.commits ?? [this.createdTime], paging, (date, i) => {
            const commit = this.madeUpCommit(String(i), date);
            return { __typename: "PullRequestCommit", id: `PURC_${commit.oid}`, url: commit.url, commit };
        });
    }
    madeUpCommit(what, date) {
        return new Commit({ oid: hash("commit", this.id, what), repository: this.repository, parents: [], files: new Map(), touched: [], date,
            messageHeadline: this.title, messageBody: "" });
    }
}

class Issue extends Item {
    get __typename() { return "Issue"; }
    get isPullRequest() { return false; }
}

module.exports = { Person, Label, LabelEvent, PullRequest, Issue, NOTHING_MORE };

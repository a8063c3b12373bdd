// The GitHub double itself: what the other tests rely on.
"use strict";
const assert = require("node:assert/strict");
const { join } = require("node:path");
const { test } = require("node:test");

const folder = join(__dirname, "../../github_double");
const { needInstant } = require(join(folder, "base"));
const { edit } = require(join(folder, "edits"));
const { Faults, alteration } = require(join(folder, "faults"));
const { mutations } = require(join(folder, "mutations"));
const { query } = require(join(folder, "query"));
const { prepare, execute } = require(join(folder, "request"));
const { Search } = require(join(folder, "search"));
const { World } = require(join(folder, "world"));

function smallWorld(more = {}) {
    const world = new World();
    world.now = needInstant("2024-05-15T00:00:00Z");
    world.load({
        issue: "2024-05-15", repos: ["acme/tools"], defaultBranch: { "acme/tools": "trunk" }, private: ["acme/secret"], archived: ["acme/old"],
        files: { "acme/tools": { "a.md": "alpha", "docs/b.md": "beta" } },
        items: [
            { repo: "acme/tools", number: 1, title: "First", state: "MERGED", createdAt: "2024-05-01T00:00:00Z", mergedAt: "2024-05-07T00:00:00Z",
              labels: ["T-One", "needs care"], author: { login: "ada" } },
            { repo: "acme/tools", number: 2, title: "Second", state: "MERGED", createdAt: "2024-05-02T00:00:00Z", mergedAt: "2024-05-07T23:59:59Z",
              labels: ["T-Two"] },
            { repo: "acme/old", number: 3, title: "Third", state: "MERGED", createdAt: "2024-05-03T00:00:00Z", mergedAt: "2024-05-08T00:00:00Z" },
            { repo: "acme/secret", number: 4, title: "Hidden", state: "MERGED", createdAt: "2024-05-04T00:00:00Z", mergedAt: "2024-05-07T12:00:00Z" },
            { repo: "acme/tools", number: 5, title: "Open", createdAt: "2024-05-07T12:00:00Z", typename: "Issue", labels: ["T-One"],
              events: [{ label: "T-One", createdAt: "2024-05-07T13:00:00Z" }] },
        ],
        ...more,
    });
    return world;
}

const numbers = (world, text) => new Search().find(world, text).items.map((item) => item.number);

function answer(world, document, variables = {}, altered = {}) {
    const prepared = prepare(document, "", variables);
    if (prepared.errors) return { errors: prepared.errors };
    const context = { world, search: new Search(), alteration: altered, limit: { limit: 5000, used: 0, reset: 0 } };
    return JSON.parse(JSON.stringify(execute(prepared, document.startsWith("mutation") ? mutations : query, context)));
}

const mutate = (world, name, input, shown) =>
    answer(world, `mutation M($input: ${name[0].toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${shown} } }`, { input });
const headOf = (world, name, branch) => world.repository(name).branches.get(branch);

test("Ranges of a search are closed at both ends, and a bare day is that whole day in UTC", () => {
    const world = smallWorld(), found = (range) => numbers(world, `org:acme is:pr is:public sort:created-asc ${range}`);
    assert.deepEqual(found("merged:2024-05-07"), [1, 2]);
    assert.deepEqual(found("merged:2024-05-07T00:00:00Z..2024-05-07T23:59:59Z"), [1, 2]);
    assert.deepEqual(found("merged:2024-05-07T00:00:01Z..2024-05-08T00:00:00Z"), [2, 3]);
    assert.deepEqual(found("merged:>2024-05-07"), [3]);
    assert.deepEqual(found("merged:>=2024-05-07T23:59:59Z"), [2, 3]);
    assert.deepEqual(found("merged:*..2024-05-07T00:00:00Z"), [1]);
    assert.deepEqual(found("merged:2024-02-30..2024-05-09"), []);
});

test("Qualifiers of a search mean what GitHub says they mean", () => {
    const world = smallWorld(), found = (text) => numbers(world, text);
    assert.deepEqual(found('label:t-one,"needs care" sort:created-asc'), [1, 5]);
    assert.deepEqual(found('label:T-One label:"needs care"'), [1]);
    assert.deepEqual(found("is:pr -label:T-One org:acme archived:false is:public"), [2]);
    assert.deepEqual(found("repo:acme/tools is:issue state:open"), [5]);
    assert.deepEqual(found("author:ADA"), [1]);
    assert.deepEqual(found("is:private"), [4]);
    assert.deepEqual(found("repo:acme/tools second in:title"), [2]);
    assert.deepEqual(found("repo:acme/tools nonsense:here"), []);
});

test("A search hands out a thousand hits, gives the true count and says nothing of the rest", () => {
    const world = new World(), ids = new Set();
    world.addMadeUp(1234, needInstant("2020-01-01T00:00:00Z"), needInstant("2020-02-01T00:00:00Z"), 7);
    const document = `query A($after: String) { search(query: "is:pr sort:created-asc", type: ISSUE, first: 100, after: $after) {
        issueCount pageInfo { hasNextPage endCursor } nodes { ... on PullRequest { id } } } }`;
    let pages = 0;
    for (let after = null, more = true; more; ++pages) {
        const { search } = answer(world, document, { after }).data;
        assert.equal(search.issueCount, 1234);
        for (const node of search.nodes) ids.add(node.id);
        ({ hasNextPage: more, endCursor: after } = search.pageInfo);
    }
    assert.equal(pages, 10);
    assert.equal(ids.size, 1000);
});

const PAGE_OF_TWO = `query A($after: String) { search(query: "org:acme sort:created-asc", type: ISSUE, first: 2, after: $after) {
    issueCount pageInfo { endCursor } nodes { ... on PullRequest { number } } } }`;

test("Cursors are base64 of an offset, and any other text is refused", () => {
    const world = smallWorld(), after = "Y3Vyc29yOjI=";
    assert.equal(answer(world, PAGE_OF_TWO).data.search.pageInfo.endCursor, after);
    assert.equal(answer(world, PAGE_OF_TWO, { after }).data.search.nodes[0].number, 3);
    const refused = answer(world, PAGE_OF_TWO, { after: "page two" });
    assert.equal(refused.errors[0].type, "INVALID_CURSOR_ARGUMENTS");
    assert.equal(refused.data, null);
});

test("A request is priced by the connections it opens", () => {
    assert.equal(prepare('{ search(query: "x", type: ISSUE, first: 100) { issueCount } }', "", {}).cost, 1);
    const nested = prepare(`{ search(query: "x", type: ISSUE, first: 100) { nodes { ... on Issue { labels(first: 50) { totalCount }
        timelineItems(first: 50) { totalCount } } } } }`, "", {});
    assert.equal(nested.cost, 2); // 1 + 100 + 100 requests
    assert.equal(nested.nodes, 100 + 5_000 + 5_000);
});

test("What GitHub refuses is refused before anything is executed", () => {
    const refused = (document, words) => {
        const said = answer(smallWorld(), document);
        assert.ok(!("data" in said));
        assert.match(said.errors[0].message, words);
    };
    refused("{ viewer { shoeSize } }", /shoeSize/);
    refused('{ search(query: "x", type: ISSUE) { issueCount } }', /You must provide a `first`/);
    refused('{ search(query: "x", type: ISSUE, first: 101) { issueCount } }', /exceeds the `first` limit/);
    refused("query A($id: ID!) { node(id: $id) { id } }", /\$id/);
    refused("query A($id: ID) { viewer { login } }", /\$id.* never used/);
    refused("{ viewer { login }", /Syntax Error/);
    refused("{ viewer { ... on Issue { id } } }", /can never be of type/);
});

test("A null where the schema forbids one empties the nearest place that may be null", () => {
    const said = answer(smallWorld(), '{ node(id: "nobody") { id } viewer { login } }');
    assert.equal(said.data.node, null);
    assert.equal(said.data.viewer.login, "double-viewer");
    assert.equal(said.errors[0].type, "NOT_FOUND");
    assert.deepEqual(said.errors[0].path, ["node"]);
});

test("Files are read by revision and path, cut at 512,000 bytes without a word in the text", () => {
    const world = smallWorld();
    edit(world, { kind: "push", repo: "acme/tools", files: { "big.txt": "x".repeat(600_000), "a.md": null } });
    const document = `query A($e: String!) { repository(owner: "acme", name: "tools") { object(expression: $e) { __typename
        ... on Blob { text isTruncated byteSize } ... on Tree { entries { name type } } } } }`;
    const object = (e) => answer(world, document, { e }).data.repository.object;
    assert.equal(object("HEAD:docs/b.md").text, "beta");
    assert.deepEqual(object("trunk:docs").entries, [{ name: "b.md", type: "blob" }]);
    assert.equal(object("HEAD:").entries.length, 2);
    assert.equal(object("HEAD:a.md"), null);
    assert.equal(object("HEAD:big.txt").text.length, 512_000);
    assert.equal(object("HEAD:big.txt").isTruncated, true);
    assert.equal(object("HEAD:big.txt").byteSize, 600_000);
});

test("A commit on a head that moved is refused as stale and changes nothing", () => {
    const world = smallWorld(), head = headOf(world, "acme/tools", "trunk").oid;
    edit(world, { kind: "push", repo: "acme/tools", files: { "other.md": "other" } });
    const commit = (expectedHeadOid, contents) => mutate(world, "createCommitOnBranch", {
        branch: { repositoryNameWithOwner: "acme/tools", branchName: "trunk" }, expectedHeadOid, message: { headline: "Mine" },
        fileChanges: { additions: [{ path: "mine.md", contents }] } }, "commit { oid }");
    const refused = commit(head, "bWluZQ==");
    assert.equal(refused.data.createCommitOnBranch, null);
    assert.equal(refused.errors[0].type, "STALE_DATA");
    assert.ok(!("data" in commit(headOf(world, "acme/tools", "trunk").oid, "bWluZQ")), "Base64 without padding is refused");
    assert.ok(!("errors" in commit(headOf(world, "acme/tools", "trunk").oid, "bWluZQ==")));
    assert.equal(headOf(world, "acme/tools", "trunk").files.get("mine.md").toString(), "mine");
});

test("Alterations repeat, lose and miscount items only where they should", () => {
    const world = smallWorld(), altered = (name, argument = "") => alteration({ name, argument });
    const second = answer(world, PAGE_OF_TWO, { after: "Y3Vyc29yOjI=" }, altered("repeat")).data.search;
    assert.equal(second.nodes[0].number, 2);
    assert.equal(answer(world, PAGE_OF_TWO, {}, altered("null-item", "acme/tools#1")).data.search.nodes[0], null);
    assert.equal(answer(world, PAGE_OF_TWO, {}, altered("count", "+3")).data.search.issueCount, 8);
});

test("Rules of faults choose requests by number, operation and text", () => {
    const faults = new Faults();
    faults.set("2=502; Other#1-2=reset; every~needle=429(30)");
    assert.equal(faults.meet("Some", "{}"), undefined);
    assert.equal(faults.meet("Some", "{}").name, "502");
    assert.equal(faults.meet("Other", "{}").name, "reset");
    assert.deepEqual(faults.meet("Some", '{"q":"needle"}'), { name: "429", argument: "30" });
    assert.equal(faults.meet("Other", "{}").name, "reset");
    assert.equal(faults.meet("Other", "{}"), undefined);
    assert.throws(() => faults.set("3=earthquake"), /no such fault: earthquake/);
    assert.throws(() => faults.set("x#y=502"), /not a selector of requests: x#y/);
    assert.throws(() => faults.set("502"), /fault rule without =: 502/);
});

test("An item that moves to another repository keeps its id", () => {
    const world = smallWorld(), { id } = world.item("acme/tools#2");
    edit(world, { kind: "item", was: "acme/tools#2", item: { repo: "acme/other", number: 77, title: "Second", state: "MERGED",
        createdAt: "2024-05-02T00:00:00Z", mergedAt: "2024-05-07T23:59:59Z" } });
    assert.equal(world.itemById(id).url, "https://github.com/acme/other/pull/77");
    assert.throws(() => world.item("acme/tools#2"), /no item acme\/tools#2/);
});

const TITLES = 'query A($q: String!) { search(query: $q, type: ISSUE, first: 10) { issueCount nodes { ... on PullRequest { title } ... on Issue { title } } } }';
const search = (world, q, altered) => answer(world, TITLES, { q }, altered).data.search;

test("The index lacks an item until it fills, while the item itself can be read", () => {
    const world = smallWorld();
    edit(world, { kind: "index", items: ["acme/tools#1"], gone: true, until: "2024-05-16T00:00:00Z" });
    assert.deepEqual(numbers(world, "repo:acme/tools is:pr"), [2]);
    assert.equal(search(world, "repo:acme/tools is:pr").issueCount, 1);
    assert.equal(answer(world, '{ repository(owner: "acme", name: "tools") { pullRequests(first: 9) { totalCount } } }').data.repository.pullRequests.totalCount, 2);
    world.now = needInstant("2024-05-16T00:00:00Z");
    assert.deepEqual(numbers(world, "repo:acme/tools is:pr sort:created-asc"), [1, 2]);
});

test("A share of the index can be gone, and comes back", () => {
    const world = new World();
    world.addMadeUp(1000, needInstant("2020-01-01T00:00:00Z"), needInstant("2020-02-01T00:00:00Z"), 7);
    edit(world, { kind: "index", share: 0.5, gone: true });
    const { count } = new Search().find(world, "is:merged");
    assert.ok(count > 400 && count < 600, `${count}`);
    edit(world, { kind: "index" });
    assert.equal(new Search().find(world, "is:merged").count, 1000);
});

test("Labels go on and off with their events, and the index may learn of it later", () => {
    const world = smallWorld();
    edit(world, { kind: "label", item: "acme/tools#5", remove: ["T-One"], add: ["major-change-accepted"], at: "2024-05-14T00:00:00Z", indexed: false });
    const item = world.item("acme/tools#5");
    assert.deepEqual(item.labelList.map(({ name }) => name), ["major-change-accepted"]);
    assert.deepEqual(item.more.events.map((event) => [event.__typename, event.label.name]),
        [["LabeledEvent", "T-One"], ["UnlabeledEvent", "T-One"], ["LabeledEvent", "major-change-accepted"]]);
    assert.deepEqual(numbers(world, "is:issue label:T-One"), [5]);
    edit(world, { kind: "index", items: ["acme/tools#5"] });
    assert.deepEqual(numbers(world, "is:issue label:T-One"), []);
    assert.deepEqual(numbers(world, "is:issue label:major-change-accepted"), [5]);
});

test("An owner's policy empties every hit, with a reason each", () => {
    const said = answer(smallWorld({ policies: { acme: "acme forbids access via a personal access token (classic)." } }), TITLES, { q: "repo:acme/tools is:pr" });
    assert.deepEqual(said.data.search, { issueCount: 2, nodes: [null, null] });
    assert.deepEqual(said.errors, [0, 1].map((i) => ({ type: "FORBIDDEN", path: ["search", "nodes", i],
        message: "acme forbids access via a personal access token (classic)." })));
});

test("The files of a very large pull request are null without an error", () => {
    const world = smallWorld({ items: [{ repo: "acme/tools", number: 9, createdAt: "2024-05-01T00:00:00Z", files: null }] });
    assert.deepEqual(answer(world, '{ repository(owner: "acme", name: "tools") { pullRequest(number: 9) { changedFiles files(first: 5) { totalCount } } } }'),
        { data: { repository: { pullRequest: { changedFiles: 0, files: null } } } });
});

test("A repository's former name finds nothing in a search, and leads to it elsewhere", () => {
    const world = smallWorld(), { id } = world.repository("acme/tools");
    edit(world, { kind: "rename", from: "acme/tools", to: "acme/Instruments" });
    assert.deepEqual(numbers(world, "repo:acme/tools is:pr"), []);
    assert.deepEqual(numbers(world, "repo:acme/instruments is:pr sort:created-asc"), [1, 2]);
    const asked = (rest) => answer(world, `{ repository(owner: "acme", name: "tools"${rest}) { id nameWithOwner } }`);
    assert.deepEqual(asked("").data.repository, { id, nameWithOwner: "acme/Instruments" });
    assert.equal(asked(", followRenames: false").errors[0].type, "NOT_FOUND");
});

test("An account keeps its id when its login changes", () => {
    const world = smallWorld(), author = () => world.item("acme/tools#1").author, { id } = author();
    edit(world, { kind: "login", from: "ada", to: "Countess" });
    assert.deepEqual([author().login, author().id], ["Countess", id]);
    assert.deepEqual(numbers(world, "author:countess"), [1]);
});

const openPull = (world, headRefName = "mine", more = {}) => mutate(world, "createPullRequest",
    { repositoryId: world.repository("acme/tools").id, baseRefName: "trunk", headRefName, title: "Mine", ...more }, "pullRequest { number }");
const createBranch = (world, name, oid) => mutate(world, "createRef", { repositoryId: world.repository(name).id, name: "refs/heads/mine", oid }, "ref { name }");

function branched(world) {
    const repository = world.repository("acme/tools");
    repository.branches.set("mine", repository.branches.get("trunk"));
    repository.commit("mine", new Map([["mine.md", Buffer.from("mine")], ["a.md", null]]), world.now, "Mine");
    return `acme/tools#${openPull(world).data.createPullRequest.pullRequest.number}`;
}

test("A fork denies commits of its parent until it learns of them", () => {
    const world = smallWorld({ forks: { "ferris/tools": "acme/tools" } }), old = headOf(world, "acme/tools", "trunk").oid;
    edit(world, { kind: "push", repo: "acme/tools", files: { "new.md": "new" } });
    edit(world, { kind: "fork", repo: "ferris/tools", lacks: 1 });
    const { oid } = headOf(world, "acme/tools", "trunk");
    assert.match(createBranch(world, "ferris/tools", oid).errors[0].message, /does not exist/);
    assert.ok(!("errors" in createBranch(world, "ferris/tools", oid)));
    edit(world, { kind: "fork", repo: "ferris/tools", lacks: 9 });
    assert.equal(world.repository("ferris/tools").find(old).oid, old);
});

test("A closed pull request stays closed until it is opened again, a merged one for good", () => {
    const world = smallWorld(), pull = branched(world);
    edit(world, { kind: "pull", pull, state: "CLOSED" });
    assert.deepEqual(world.state().openPullRequests, []);
    assert.equal(world.state().pullRequests[0].state, "CLOSED");
    edit(world, { kind: "pull", pull, state: "OPEN", body: "edited" });
    assert.equal(world.state().openPullRequests[0].body, "edited");
    edit(world, { kind: "pull", pull, state: "MERGED" });
    assert.throws(() => edit(world, { kind: "pull", pull, state: "OPEN" }), /was merged/);
});

test("A merge makes its branch part of the base, a squash makes a commit that the branch doesn't know", () => {
    for (const squash of [false, true]) {
        const world = smallWorld(), pull = branched(world);
        edit(world, { kind: "push", repo: "acme/tools", files: { "theirs.md": "theirs" } });
        edit(world, { kind: "pull", pull, state: "MERGED", squash });
        const head = headOf(world, "acme/tools", "trunk");
        assert.deepEqual([...head.files.keys()].sort(), ["docs/b.md", "mine.md", "theirs.md"]);
        assert.equal(head.contains(headOf(world, "acme/tools", "mine")), !squash);
        assert.equal(world.item(pull).mergeCommit, head);
        assert.equal(openPull(world).errors?.[0].message, squash ? undefined : "No commits between trunk and mine");
    }
});

test("A protected branch takes no commit and no move", () => {
    const world = smallWorld({ protected: { "acme/tools": ["trunk"] } }), { oid } = headOf(world, "acme/tools", "trunk");
    const refused = mutate(world, "createCommitOnBranch", { branch: { repositoryNameWithOwner: "acme/tools", branchName: "trunk" }, expectedHeadOid: oid,
        message: { headline: "Mine" }, fileChanges: { additions: [{ path: "a.md", contents: "" }] } }, "commit { oid }");
    assert.match(refused.errors[0].message, /must be made through a pull request/);
    const refId = world.repository("acme/tools").branch("trunk").id;
    assert.equal(mutate(world, "updateRef", { refId, oid, force: true }, "ref { name }").errors[0].type, "UNPROCESSABLE");
});

test("A request is measured by its searches and the hits that they ask for", () => {
    const one = 'search(query: "x", type: ISSUE, first: 50) { issueCount }';
    const { searches, hits } = prepare(`{ a: ${one} b: ${one} ... @skip(if: true) { c: ${one} } }`, "", {});
    assert.deepEqual([searches, hits], [2, 100]);
});

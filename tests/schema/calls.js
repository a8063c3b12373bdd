// Calls of every document of queries/github that reach each of its fields in the sample week.
const ORG = "org:rust-lang";
const merged = `${ORG} is:pr is:merged merged:2024-05-07T00:00:00Z..2024-05-14T23:59:59Z sort:created-asc`;
const labelled = (kind) => `${ORG} is:${kind} label:"final-comment-period","finished-final-comment-period" sort:created-asc`;
const base64 = (text) => Buffer.from(text).toString("base64");

// The id of an item that a search found; `choose` picks among the nodes.
async function find(call, query, choose) {
    for (let after = null; ; ) {
        const { search } = await call("merged_pull_requests", { search: query, first: 100, after });
        const found = search.nodes.find(choose);
        if (found) return found.id;
        if (!search.pageInfo.hasNextPage) throw new Error(`nothing found by ${query}`);
        after = search.pageInfo.endCursor;
    }
}

async function reads(call) {
    await call("rate_limit", {});
    await call("merged_pull_requests", { search: merged, first: 100 });
    const counts = {};
    for (let i = 1; i <= 20; ++i) Object.assign(counts, { [`search${i}`]: merged, [`with${i}`]: true });
    await call("counts", counts);
    for (const kind of ["pr", "issue"]) {
        const counted = {};
        for (let i = 1; i <= 4; ++i) Object.assign(counted, { [`labelled${i}`]: labelled(kind), [`withLabelled${i}`]: true });
        for (const node of (await call("sweep", { first: 20, owner: "rust-lang", name: "rustc-perf", ...counted })).labelled1.nodes)
            await call("item", { owner: node.repository.nameWithOwner.split("/")[0], name: node.repository.nameWithOwner.split("/")[1], number: node.number });
    }
    const manyLabels = await find(call, `${ORG} is:pr label:O-planet-3`, (one) => one.labels?.totalCount > 50);
    await call("item_labels", { id: manyLabels, first: 100 });
    await call("item_label_events", { id: manyLabels, first: 100 });
    await call("item_paths", { id: manyLabels, first: 100 });
    const all = { first: 100, owner: "rust-lang", name: "rustc-perf", withRepository: true, withOpenPullRequests: true };
    for (const i of [1, 2, 3]) Object.assign(all, { [`folder${i}`]: "HEAD:triage", [`withFolder${i}`]: true });
    await call("repository_listing", all);
    for (const i of [1, 2]) Object.assign(all, { [`merged${i}`]: merged, [`withMerged${i}`]: true });
    // Half of the slots at a time: together they would ask for too many nodes.
    const seen = [];
    for (const kind of ["pr", "issue"]) {
        const slots = { ...all, first: 20 };
        for (const i of [1, 2, 3, 4]) Object.assign(slots, { [`labelled${i}`]: labelled(kind), [`withLabelled${i}`]: true });
        for (const i of [1, 2, 3]) Object.assign(slots, { [`paths${i}`]: "repo:rust-lang/rfcs is:pr is:open sort:created-asc", [`withPaths${i}`]: true });
        const answer = await call("sweep", slots);
        for (const node of answer?.labelled1.nodes ?? []) {
            seen.push(node.id);
            await call("item_label_events", { id: node.id, first: 100 });
            await call("item_labels", { id: node.id, first: 100 });
        }
    }
    const look = { first: 100, ids: seen.slice(0, 100), withItems: true, merged1: merged, withMerged1: true };
    for (const i of [1, 2, 3, 4, 5, 6]) Object.assign(look, { [`owner${i}`]: "rust-lang", [`name${i}`]: "rust", [`withRepository${i}`]: true });
    for (const i of [1, 2, 3]) look[`withMerges${i}`] = true;
    await call("second_look", look);
    const files = { owner: "rust-lang", name: "rustc-perf" };
    for (const i of [1, 2, 3, 4]) Object.assign(files, { [`expression${i}`]: "HEAD:triage/2024-05-06.md", [`path${i}`]: "triage/2024-05-06.md", [`withFile${i}`]: true });
    await call("repository_files", files);
}

async function publication(call) {
    const place = { owner: "rust-lang", name: "this-week-in-rust", branch: "refs/heads/draft", head: "draft", base: "main", published: "HEAD:README.md" };
    const { repository } = await call("publish_lookup", place);
    const oid = repository.base.target.oid;
    await call("publish_file", { owner: place.owner, name: place.name, expression: `${oid}:README.md`, commit: oid, path: "README.md" });
    const { createRef } = await call("publish_create_branch", { input: { repositoryId: repository.id, name: place.branch, oid } });
    const { createCommitOnBranch } = await call("publish_commit", { input: {
        branch: { repositoryNameWithOwner: "rust-lang/this-week-in-rust", branchName: "draft" }, expectedHeadOid: oid,
        message: { headline: "Draft the week" }, fileChanges: { additions: [{ path: "draft/2024-05-15-this-week-in-rust.md", contents: base64("# A week\n") }] } } });
    const { createPullRequest } = await call("publish_open", { input: { repositoryId: repository.id, baseRefName: "main", headRefName: "draft", title: "A week", body: "Made up.", draft: true } });
    await call("publish_update", { input: { pullRequestId: createPullRequest.pullRequest.id, title: "The same week", body: "Renewed." } });
    await call("publish_lookup", place);
    await call("publish_move_branch", { input: { refId: createRef.ref.id, oid: createCommitOnBranch.commit.oid, force: false } });
}

export async function sampleCalls(call) {
    await reads(call);
    await publication(call);
}

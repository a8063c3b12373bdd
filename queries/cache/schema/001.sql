-- The cache's format, step 1. The format is public: queries/cache/README.md describes what each table means.
-- Times are seconds since 1970-01-01T00:00:00Z; ranges are half-open, [range_from, range_to).

-- Texts that many items share, as numbers: repositories 'owner/name', and logins.
CREATE TABLE name (
    key  INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- Pull requests and issues. `id` is GitHub's node id, the only lasting key: numbers and repositories change.
CREATE TABLE item (
    key             INTEGER PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,
    kind            TEXT    NOT NULL CHECK (kind IN ('pull_request', 'issue')),
    repository      TEXT    NOT NULL,
    number          INTEGER NOT NULL,
    title           TEXT    NOT NULL,
    url             TEXT    NOT NULL,
    state           TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'merged')),
    draft           INTEGER NOT NULL,
    author          TEXT    NOT NULL,
    author_kind     TEXT    NOT NULL CHECK (author_kind IN ('user', 'bot', 'other', 'ghost')),
    created_at      INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    merged_at       INTEGER,
    closed_at       INTEGER,
    base_branch     TEXT,
    additions       INTEGER,
    deletions       INTEGER,
    changed_files   INTEGER,
    text_changed_at INTEGER,
    paths_known     INTEGER NOT NULL DEFAULT 0,
    events_known    INTEGER NOT NULL DEFAULT 0,
    gone_at         INTEGER,
    repository_key  INTEGER NOT NULL REFERENCES name (key),
    author_key      INTEGER NOT NULL REFERENCES name (key)
) STRICT;
CREATE INDEX item_by_merge ON item (merged_at) WHERE merged_at IS NOT NULL;
-- For the statistics: all that they read of a merged pull request, so that a range costs what it holds and the rest
-- of the cache nothing. Names are numbers in it, which are read several times faster than texts; the texts that
-- few questions need come last, where the others needn't decode them.
CREATE INDEX merged_facts ON item (merged_at, repository_key, author_key, author_kind, created_at, additions, deletions,
                                   changed_files, title, base_branch)
    WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL;
CREATE INDEX merged_by_author ON item (author, repository, merged_at)
    WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND author_kind IN ('user', 'other');
CREATE INDEX item_by_creation ON item (created_at);
CREATE INDEX item_by_number ON item (repository, number);
CREATE INDEX item_by_text_change ON item (text_changed_at) WHERE text_changed_at IS NOT NULL;

-- Each author's first merged pull request in a repository (scope 'owner/name') and under an owner (scope 'owner'), as
-- far as it is known here; not of bots, and not of accounts that are gone. A question that looks back to the first
-- merges would cost as much as the cache is long, so the triggers keep the answer with every write of an item.
CREATE TABLE first_merge (
    author    TEXT    NOT NULL,
    scope     TEXT    NOT NULL,
    merged_at INTEGER NOT NULL,
    item      INTEGER NOT NULL,
    PRIMARY KEY (author, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX first_merge_by_time ON first_merge (merged_at, item);

CREATE TRIGGER first_merge_of_new_item AFTER INSERT ON item
WHEN NEW.kind = 'pull_request' AND NEW.gone_at IS NULL AND NEW.merged_at IS NOT NULL AND NEW.author_kind IN ('user', 'other')
BEGIN
    INSERT INTO first_merge (author, scope, merged_at, item)
    VALUES (NEW.author, NEW.repository, NEW.merged_at, NEW.key),
           (NEW.author, substr(NEW.repository, 1, instr(NEW.repository, '/') - 1), NEW.merged_at, NEW.key)
    ON CONFLICT (author, scope) DO UPDATE SET merged_at = excluded.merged_at, item = excluded.item
    WHERE (excluded.merged_at, excluded.item) < (merged_at, item);
END;

-- What the item was the first of gets the next one; then the item as it is now takes its place as a new one would.
CREATE TRIGGER first_merge_of_changed_item AFTER UPDATE OF kind, repository, author, author_kind, merged_at, gone_at ON item
WHEN (OLD.kind, OLD.repository, OLD.author, OLD.author_kind, OLD.merged_at, OLD.gone_at)
     IS NOT (NEW.kind, NEW.repository, NEW.author, NEW.author_kind, NEW.merged_at, NEW.gone_at)
BEGIN
    DELETE FROM first_merge
    WHERE author = OLD.author AND item = OLD.key
          AND scope IN (OLD.repository, substr(OLD.repository, 1, instr(OLD.repository, '/') - 1));
    INSERT INTO first_merge (author, scope, merged_at, item)
    SELECT author, repository, merged_at, key
    FROM item INDEXED BY merged_by_author
    WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND author_kind IN ('user', 'other')
          AND author = OLD.author AND repository = OLD.repository
    ORDER BY merged_at, key LIMIT 1
    ON CONFLICT (author, scope) DO NOTHING;
    INSERT INTO first_merge (author, scope, merged_at, item)
    SELECT author, substr(OLD.repository, 1, instr(OLD.repository, '/') - 1), merged_at, item
    FROM first_merge
    WHERE author = OLD.author AND instr(scope, '/') > 0
          AND substr(scope, 1, instr(OLD.repository, '/')) = substr(OLD.repository, 1, instr(OLD.repository, '/'))
    ORDER BY merged_at, item LIMIT 1
    ON CONFLICT (author, scope) DO NOTHING;
    INSERT INTO first_merge (author, scope, merged_at, item)
    SELECT NEW.author, scope, NEW.merged_at, NEW.key
    FROM (SELECT NEW.repository AS scope UNION ALL SELECT substr(NEW.repository, 1, instr(NEW.repository, '/') - 1))
    WHERE NEW.kind = 'pull_request' AND NEW.gone_at IS NULL AND NEW.merged_at IS NOT NULL AND NEW.author_kind IN ('user', 'other')
    ON CONFLICT (author, scope) DO UPDATE SET merged_at = excluded.merged_at, item = excluded.item
    WHERE (excluded.merged_at, excluded.item) < (merged_at, item);
END;

CREATE TABLE label (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- The labels that an item has now.
CREATE TABLE item_label (
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    label INTEGER NOT NULL REFERENCES label (key),
    PRIMARY KEY (item, label)
) STRICT, WITHOUT ROWID;

-- Labels put on (added = 1) and taken off (0), of items whose events_known is 1.
CREATE TABLE label_event (
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    at    INTEGER NOT NULL,
    label INTEGER NOT NULL REFERENCES label (key),
    added INTEGER NOT NULL,
    PRIMARY KEY (item, at, label, added)
) STRICT, WITHOUT ROWID;
CREATE INDEX label_event_by_label ON label_event (label, at);

-- Files that a pull request changes, of items whose paths_known is 1; added is 1 where it makes the file.
CREATE TABLE changed_path (
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    path  TEXT    NOT NULL,
    added INTEGER NOT NULL,
    PRIMARY KEY (item, path)
) STRICT, WITHOUT ROWID;

-- The ledger: what was asked, and whether all of it arrived. repository is '' for a search of the whole
-- organisation. cursor is that of the first page not stored.
CREATE TABLE slice (
    key         INTEGER PRIMARY KEY,
    search      TEXT    NOT NULL,
    repository  TEXT    NOT NULL,
    range_from  INTEGER NOT NULL,
    range_to    INTEGER NOT NULL CHECK (range_to > range_from),
    state       TEXT    NOT NULL CHECK (state IN ('open', 'complete', 'incomplete')),
    issue_count INTEGER NOT NULL,
    received    INTEGER NOT NULL,
    cursor      TEXT    NOT NULL,
    asked_at    INTEGER NOT NULL,
    UNIQUE (search, range_from, range_to, repository)
) STRICT;

-- What arrived of a slice that is not complete yet.
CREATE TABLE slice_item (
    slice INTEGER NOT NULL REFERENCES slice (key) ON DELETE CASCADE,
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    PRIMARY KEY (slice, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE harvest (
    key         INTEGER PRIMARY KEY,
    profile     TEXT    NOT NULL,
    range_from  INTEGER NOT NULL,
    range_to    INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER NOT NULL,
    requests    INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    items       INTEGER NOT NULL,
    complete    INTEGER NOT NULL
) STRICT;

-- Page sizes that worked last, by GraphQL operation.
CREATE TABLE page_size (
    operation TEXT    PRIMARY KEY,
    size      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files of repositories: performance triage reports. head is the commit whose tree they were read from.
CREATE TABLE file (
    repository   TEXT    NOT NULL,
    path         TEXT    NOT NULL,
    head         TEXT    NOT NULL,
    commit_id    TEXT    NOT NULL,
    pull_request TEXT    NOT NULL,
    branch       TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    asked_at     INTEGER NOT NULL,
    PRIMARY KEY (repository, path)
) STRICT, WITHOUT ROWID;

-- What the harvest of an issue saw, and what that issue printed. The issue is its date, 'YYYY-MM-DD'.
CREATE TABLE seen (
    profile TEXT    NOT NULL,
    issue   TEXT    NOT NULL,
    url     TEXT    NOT NULL,
    printed INTEGER NOT NULL,
    PRIMARY KEY (profile, issue, url)
) STRICT, WITHOUT ROWID;

-- The text last written into each part of a draft: the base of the next merge.
CREATE TABLE draft_base (
    draft      TEXT    NOT NULL,
    part       TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (draft, part)
) STRICT, WITHOUT ROWID;

-- ---- Views for people: what is there and not gone, with times as text beside the seconds ----

CREATE VIEW pull_request AS
SELECT key, id, repository, number, title, url, state, draft, author, author_kind,
       created_at, updated_at, merged_at, closed_at, base_branch, additions, deletions, changed_files
FROM item
WHERE kind = 'pull_request' AND gone_at IS NULL;

CREATE VIEW merged_pull_request AS
SELECT key, id, repository, number, title, url, author, author_kind, created_at, merged_at,
       merged_at - created_at AS seconds_to_merge, base_branch, additions, deletions, changed_files,
       datetime(merged_at, 'unixepoch') AS merged, datetime(created_at, 'unixepoch') AS created
FROM item
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL;

CREATE VIEW item_with_label AS
SELECT item_label.item AS key, label.name AS label
FROM item_label JOIN label ON label.key = item_label.label;

CREATE VIEW label_history AS
SELECT item.repository, item.number, item.title, item.url, label.name AS label, label_event.added,
       label_event.at, datetime(label_event.at, 'unixepoch') AS time
FROM label_event JOIN item ON item.key = label_event.item JOIN label ON label.key = label_event.label
WHERE item.gone_at IS NULL;

CREATE VIEW coverage AS
SELECT search, repository, datetime(range_from, 'unixepoch') AS "from", datetime(range_to, 'unixepoch') AS "to",
       state, issue_count, received, datetime(asked_at, 'unixepoch') AS asked
FROM slice;

-- A cache that the released program (format 1) wrote: one harvested week with two merged pull requests and one proposal.
BEGIN TRANSACTION;
CREATE TABLE changed_path (
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    path  TEXT    NOT NULL,
    added INTEGER NOT NULL,
    PRIMARY KEY (item, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE draft_base (
    draft      TEXT    NOT NULL,
    part       TEXT    NOT NULL,
    text       TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (draft, part)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE first_merge (
    author    TEXT    NOT NULL,
    scope     TEXT    NOT NULL,
    merged_at INTEGER NOT NULL,
    item      INTEGER NOT NULL,
    PRIMARY KEY (author, scope)
) STRICT, WITHOUT ROWID;
INSERT INTO "first_merge" VALUES('ferris','rust-lang',1765360800,1);
INSERT INTO "first_merge" VALUES('ferris','rust-lang/rust',1765360800,1);
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
INSERT INTO "harvest" VALUES(1,'twir',1765238400,1765929600,1765965600,1765965600,3,3335,3,1);
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
INSERT INTO "item" VALUES(1,'PR_4443b4a4918','pull_request','rust-lang/rust',11,'Change | one','https://github.com/rust-lang/rust/pull/11','merged',0,'ferris','user',1764576000,1765360800,1765360800,1765360800,'main',5,2,1,NULL,0,0,NULL,1,2);
INSERT INTO "item" VALUES(2,'PR_389ac94f89e','pull_request','rust-lang/rust',12,'Change two','https://github.com/rust-lang/rust/pull/12','merged',0,'ferris','user',1764662400,1765447200,1765447200,1765447200,'main',1,0,1,NULL,0,0,NULL,1,2);
INSERT INTO "item" VALUES(3,'PR_4f7bcaed7d1','pull_request','rust-lang/rust',13,'Propose','https://github.com/rust-lang/rust/pull/13','open',0,'crab','user',1764662400,1765447200,NULL,NULL,'main',NULL,NULL,NULL,NULL,0,1,NULL,1,3);
CREATE TABLE item_label (
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    label INTEGER NOT NULL REFERENCES label (key),
    PRIMARY KEY (item, label)
) STRICT, WITHOUT ROWID;
INSERT INTO "item_label" VALUES(1,1);
INSERT INTO "item_label" VALUES(3,2);
CREATE TABLE label (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "label" VALUES(1,'T-compiler');
INSERT INTO "label" VALUES(2,'final-comment-period');
CREATE TABLE label_event (
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    at    INTEGER NOT NULL,
    label INTEGER NOT NULL REFERENCES label (key),
    added INTEGER NOT NULL,
    PRIMARY KEY (item, at, label, added)
) STRICT, WITHOUT ROWID;
INSERT INTO "label_event" VALUES(3,1765447200,2,1);
CREATE TABLE name (
    key  INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "name" VALUES(1,'rust-lang/rust');
INSERT INTO "name" VALUES(2,'ferris');
INSERT INTO "name" VALUES(3,'crab');
CREATE TABLE page_size (
    operation TEXT    PRIMARY KEY,
    size      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
    profile TEXT    NOT NULL,
    issue   TEXT    NOT NULL,
    url     TEXT    NOT NULL,
    printed INTEGER NOT NULL,
    PRIMARY KEY (profile, issue, url)
) STRICT, WITHOUT ROWID;
INSERT INTO "seen" VALUES('twir','2025-12-17','https://github.com/rust-lang/rust/pull/11',0);
INSERT INTO "seen" VALUES('twir','2025-12-17','https://github.com/rust-lang/rust/pull/12',0);
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
INSERT INTO "slice" VALUES(1,'merged: is:pr is:public is:merged org:rust-lang merged:{range} sort:created-asc','',1765238400,1765929600,'complete',2,2,'',1765965600);
INSERT INTO "slice" VALUES(2,'final comment period, pull requests: with label history is:pr is:public org:rust-lang label:"final-comment-period","finished-final-comment-period" updated:{range} sort:created-asc','',1765238400,1765929600,'complete',1,1,'',1765965600);
INSERT INTO "slice" VALUES(3,'final comment period, issues: with label history is:issue is:public org:rust-lang label:"final-comment-period","finished-final-comment-period" updated:{range} sort:created-asc','',1765238400,1765929600,'complete',0,0,'',1765965600);
INSERT INTO "slice" VALUES(4,'call for testing, pull requests: with label history is:pr is:public org:rust-lang label:"call-for-testing" updated:{range} sort:created-asc','',1765238400,1765929600,'complete',0,0,'',1765965600);
INSERT INTO "slice" VALUES(5,'call for testing, issues: with label history is:issue is:public org:rust-lang label:"call-for-testing" updated:{range} sort:created-asc','',1765238400,1765929600,'complete',0,0,'',1765965600);
INSERT INTO "slice" VALUES(6,'merged RFCs: with paths is:pr is:public is:merged repo:rust-lang/rfcs merged:{range} sort:created-asc','',1765238400,1765929600,'complete',0,0,'',1765965600);
INSERT INTO "slice" VALUES(7,'new RFCs: with paths is:pr is:public repo:rust-lang/rfcs created:{range} sort:created-asc','',1765238400,1765929600,'complete',0,0,'',1765965600);
INSERT INTO "slice" VALUES(8,'updated RFCs: with paths is:pr is:public is:open repo:rust-lang/rfcs updated:{range} sort:created-asc','',1765238400,1765929600,'complete',0,0,'',1765965600);
INSERT INTO "slice" VALUES(9,'triage reports: files of rust-lang/rustc-perf triage/{date}.md triage/{year}/{date}.md','',1765411200,1766016000,'complete',0,0,'',1765965600);
CREATE TABLE slice_item (
    slice INTEGER NOT NULL REFERENCES slice (key) ON DELETE CASCADE,
    item  INTEGER NOT NULL REFERENCES item (key) ON DELETE CASCADE,
    PRIMARY KEY (slice, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_by_merge ON item (merged_at) WHERE merged_at IS NOT NULL;
CREATE INDEX merged_facts ON item (merged_at, repository_key, author_key, author_kind, created_at, additions, deletions,
                                   changed_files, title, base_branch)
    WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL;
CREATE INDEX merged_by_author ON item (author, repository, merged_at)
    WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND author_kind IN ('user', 'other');
CREATE INDEX item_by_creation ON item (created_at);
CREATE INDEX item_by_number ON item (repository, number);
CREATE INDEX item_by_text_change ON item (text_changed_at) WHERE text_changed_at IS NOT NULL;
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
CREATE INDEX label_event_by_label ON label_event (label, at);
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
COMMIT;
PRAGMA application_id = 1213355604; PRAGMA user_version = 1;

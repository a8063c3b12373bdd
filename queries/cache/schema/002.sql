-- Step 2: what the program wrote into drafts, line by line, and what editors decided about each line. The texts in
-- draft_base are those of format 1: the next run of each draft reads them as lines and forgets them.

CREATE TABLE draft_line (
    draft      TEXT    NOT NULL,  -- the edition's date and the draft's place
    part       TEXT    NOT NULL,
    position   INTEGER NOT NULL,  -- order within the part
    key        TEXT    NOT NULL,  -- 'owner/name#12', or the kind and the words of a line without an item
    written    TEXT    NOT NULL,  -- what the program would write; '' for a line of the editor's own
    kept       TEXT    NOT NULL,  -- what the draft has instead because an editor changed it; '': the same
    section    TEXT    NOT NULL,  -- heading that the line is under in the draft
    place      TEXT    NOT NULL CHECK (place IN ('list', 'comment', 'nowhere')),
    decision   TEXT    NOT NULL CHECK (decision IN ('', 'picked', 'rejected', 'dismissed')),
    written_at INTEGER NOT NULL,
    PRIMARY KEY (draft, part, key)
) STRICT, WITHOUT ROWID;

CREATE VIEW editor_decision AS
SELECT draft, part, key, section, decision, written, kept, datetime(written_at, 'unixepoch') AS at
FROM draft_line
WHERE decision <> '' OR kept <> '';

-- The ledger of slices, what arrived of slices under way, and what they no longer give.

-- name: key_of
SELECT key FROM slice WHERE search = ?1 AND range_from = ?2 AND range_to = ?3 AND repository = ?4;

-- name: save
INSERT INTO slice (search, range_from, range_to, repository, state, issue_count, received, cursor, asked_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (search, range_from, range_to, repository) DO UPDATE
SET state = excluded.state, issue_count = excluded.issue_count, received = excluded.received, cursor = excluded.cursor,
    asked_at = excluded.asked_at;

-- A complete slice stands for all that lies inside its range; a slice of the whole organisation also for
-- the parts by repository.
-- name: replace_inside
DELETE FROM slice
WHERE search = ?1 AND range_from >= ?2 AND range_from < ?3 AND range_to <= ?3
      AND (?4 = '' OR repository = ?4) AND NOT (range_from = ?2 AND range_to = ?3 AND repository = ?4);

-- name: delete
DELETE FROM slice WHERE search = ?1 AND range_from = ?2 AND range_to = ?3 AND repository = ?4;

-- name: add_member
INSERT OR IGNORE INTO slice_item (slice, item) VALUES (?1, ?2);

-- name: clear_members
DELETE FROM slice_item WHERE slice = ?1;

-- name: members
SELECT item.id FROM slice_item JOIN item ON item.key = slice_item.item WHERE slice_item.slice = ?1 ORDER BY item.id;

-- name: touching
SELECT search, range_from, range_to, repository, state, issue_count, received, cursor, asked_at
FROM slice
WHERE search = ?1 AND range_from < ?3 AND range_to > ?2
ORDER BY range_from, range_to, repository;

-- name: all
SELECT search, range_from, range_to, repository, state, issue_count, received, cursor, asked_at
FROM slice
ORDER BY search, range_from, range_to, repository;

-- ?3 is "owner/", of which the repository's name must be the start, ?4 one repository or ''.
-- name: merged_in_scope
SELECT id FROM item
WHERE merged_at >= ?1 AND merged_at < ?2 AND kind = 'pull_request' AND gone_at IS NULL
      AND substr(repository, 1, length(?3)) = ?3 COLLATE NOCASE AND (?4 = '' OR repository = ?4 COLLATE NOCASE);

-- name: created_in_scope
SELECT id FROM item
WHERE created_at >= ?1 AND created_at < ?2 AND kind = 'pull_request' AND gone_at IS NULL
      AND substr(repository, 1, length(?3)) = ?3 COLLATE NOCASE AND (?4 = '' OR repository = ?4 COLLATE NOCASE);

-- name: mark_gone
UPDATE item SET gone_at = ?2 WHERE id = ?1 AND gone_at IS NULL;

-- name: repositories
SELECT DISTINCT repository FROM item WHERE repository >= ?1 AND repository < ?2 ORDER BY repository;

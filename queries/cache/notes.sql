-- Harvests, page sizes, files, issues and drafts; facts for `status`.

-- name: save_harvest
INSERT INTO harvest (profile, range_from, range_to, started_at, finished_at, requests, bytes, items, complete)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: last_harvests
SELECT profile, range_from, range_to, started_at, finished_at, requests, bytes, items, complete
FROM harvest ORDER BY key DESC LIMIT ?1;

-- name: page_size
SELECT size FROM page_size WHERE operation = ?1;

-- name: save_page_size
INSERT INTO page_size (operation, size) VALUES (?1, ?2) ON CONFLICT (operation) DO UPDATE SET size = excluded.size;

-- name: forget_file
DELETE FROM file WHERE repository = ?1 AND path = ?2;

-- name: save_file
INSERT OR REPLACE INTO file (repository, path, head, commit_id, pull_request, branch, text, asked_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: files
SELECT path, head, commit_id, pull_request, branch, text FROM file WHERE repository = ?1 ORDER BY path;

-- name: forget_seen
DELETE FROM seen WHERE profile = ?1 AND issue = ?2;

-- name: save_seen
INSERT INTO seen (profile, issue, part, url, printed) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (profile, issue, part, url) DO UPDATE SET printed = max(printed, excluded.printed);

-- name: seen_before
SELECT issue, part, url, printed FROM seen WHERE profile = ?1 AND issue < ?2 AND issue >= ?3 ORDER BY issue, part, url;

-- name: count_items
SELECT count(*) FILTER (WHERE kind = 'pull_request'), count(*) FILTER (WHERE kind = 'issue'),
       count(*) FILTER (WHERE gone_at IS NOT NULL)
FROM item;

-- name: first_merge
SELECT min(merged_at) FROM item WHERE merged_at IS NOT NULL;

-- name: last_merge
SELECT max(merged_at) FROM item WHERE merged_at IS NOT NULL;

-- name: unproved
SELECT search, range_from, range_to, issue_count, received FROM slice
WHERE state = 'complete' AND issue_count <> received ORDER BY search, range_from;

-- name: integrity
PRAGMA integrity_check(20);

-- Items whose numbered names aren't the names they carry.
-- name: wrong_names
SELECT item.id FROM item
LEFT JOIN name AS repository ON repository.key = item.repository_key
LEFT JOIN name AS author ON author.key = item.author_key
WHERE repository.text IS NOT item.repository OR author.text IS NOT item.author
ORDER BY item.key LIMIT 20;

-- name: foreign_keys
PRAGMA foreign_key_check;

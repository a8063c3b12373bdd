-- Writing and reading items. Columns come in the order in which cache/items_*.cpp reads them.

-- name: key_of
SELECT key FROM item WHERE id = ?1;

-- name: insert
INSERT INTO item (id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at,
                  merged_at, closed_at, base_branch, additions, deletions, changed_files, text_changed_at, repository_key,
                  author_key)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21);

-- What wasn't asked keeps its value; what GitHub gives again isn't gone.
-- name: update
UPDATE item
SET kind = ?2, repository = ?3, number = ?4, title = ?5, url = ?6, state = ?7, draft = ?8, author = ?9, author_kind = ?10,
    created_at = ?11, updated_at = max(updated_at, ?12), merged_at = coalesce(?13, merged_at),
    closed_at = CASE WHEN ?7 = 'open' THEN NULL ELSE coalesce(?14, closed_at) END,
    base_branch = coalesce(?15, base_branch), additions = coalesce(?16, additions), deletions = coalesce(?17, deletions),
    changed_files = coalesce(?18, changed_files), text_changed_at = coalesce(?19, text_changed_at), gone_at = NULL,
    repository_key = ?20, author_key = ?21
WHERE key = ?22;

-- name: name_key
SELECT key FROM name WHERE text = ?1;

-- name: insert_name
INSERT INTO name (text) VALUES (?1);

-- name: label_key
SELECT key FROM label WHERE name = ?1;

-- name: insert_label
INSERT INTO label (name) VALUES (?1);

-- name: insert_item_label
INSERT OR IGNORE INTO item_label (item, label) VALUES (?1, ?2);

-- name: delete_item_labels
DELETE FROM item_label WHERE item = ?1;

-- name: set_paths_known
UPDATE item SET paths_known = 1 WHERE key = ?1;

-- name: delete_paths
DELETE FROM changed_path WHERE item = ?1;

-- name: insert_path
INSERT OR IGNORE INTO changed_path (item, path, added) VALUES (?1, ?2, ?3);

-- name: set_events_known
UPDATE item SET events_known = 1 WHERE key = ?1;

-- name: delete_events
DELETE FROM label_event WHERE item = ?1;

-- name: insert_event
INSERT OR IGNORE INTO label_event (item, at, label, added) VALUES (?1, ?2, ?3, ?4);

-- name: labels_of
SELECT label.name FROM item_label JOIN label ON label.key = item_label.label WHERE item_label.item = ?1 ORDER BY label.name;

-- name: paths_of
SELECT path, added FROM changed_path WHERE item = ?1 ORDER BY path;

-- name: events_of
SELECT label.name, label_event.at, label_event.added
FROM label_event JOIN label ON label.key = label_event.label
WHERE label_event.item = ?1
ORDER BY label_event.at, label.name, label_event.added;

-- name: merged
SELECT key, id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,
       closed_at, base_branch, additions, deletions, changed_files, text_changed_at, paths_known, events_known
FROM item
WHERE merged_at >= ?1 AND merged_at < ?2 AND kind = 'pull_request' AND gone_at IS NULL
ORDER BY repository, number, id;

-- The labels of the items of `merged`, in one go: a look-up for each takes longer than the rest of reading a week.
-- name: labels_of_merged
SELECT item.key, label.name
FROM item
CROSS JOIN item_label ON item_label.item = item.key
CROSS JOIN label ON label.key = item_label.label
WHERE item.merged_at >= ?1 AND item.merged_at < ?2 AND item.kind = 'pull_request' AND item.gone_at IS NULL;

-- name: merged_count
SELECT count(*) FROM item WHERE merged_at >= ?1 AND merged_at < ?2 AND kind = 'pull_request' AND gone_at IS NULL;

-- ?1 is a JSON list of label names, so that one statement serves any number of them.
-- name: labelled
SELECT key, id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,
       closed_at, base_branch, additions, deletions, changed_files, text_changed_at, paths_known, events_known
FROM item
WHERE gone_at IS NULL AND key IN (
    SELECT label_event.item
    FROM json_each(?1) AS wanted JOIN label ON label.name = wanted.value
         JOIN label_event ON label_event.label = label.key
    WHERE label_event.at >= ?2 AND label_event.at < ?3 AND label_event.added = 1)
ORDER BY repository, number, id;

-- name: of_repository
-- The plus keeps the search to what happened in the range: by its repository it would look at all that this ever had.
SELECT key, id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,
       closed_at, base_branch, additions, deletions, changed_files, text_changed_at, paths_known, events_known
FROM item
WHERE +repository = ?1 AND kind = 'pull_request' AND gone_at IS NULL AND key IN (
    SELECT key FROM item WHERE merged_at >= ?2 AND merged_at < ?3
    UNION ALL SELECT key FROM item WHERE created_at >= ?2 AND created_at < ?3
    UNION ALL SELECT key FROM item WHERE text_changed_at >= ?2 AND text_changed_at < ?3)
ORDER BY number, id;

-- name: opened
SELECT key, id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,
       closed_at, base_branch, additions, deletions, changed_files, text_changed_at, paths_known, events_known
FROM item
WHERE created_at >= ?1 AND created_at < ?2 AND gone_at IS NULL
ORDER BY repository, number, id;

-- name: by_number
SELECT key, id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,
       closed_at, base_branch, additions, deletions, changed_files, text_changed_at, paths_known, events_known
FROM item
WHERE repository = ?1 AND number = ?2
ORDER BY gone_at IS NOT NULL, key DESC
LIMIT 1;

-- ?3 is a JSON list of label names, ?4 of the item ids that keep their events, ?6 is "owner/".
-- name: losers_of_labels
SELECT DISTINCT label_event.item
FROM json_each(?3) AS wanted JOIN label ON label.name = wanted.value
     JOIN label_event ON label_event.label = label.key JOIN item ON item.key = label_event.item
WHERE label_event.at >= ?1 AND label_event.at < ?2 AND item.id NOT IN (SELECT value FROM json_each(?4))
      AND item.kind = ?5 AND substr(item.repository, 1, length(?6)) = ?6 COLLATE NOCASE;

-- name: delete_events_of_labels
DELETE FROM label_event
WHERE item = ?1 AND label IN (SELECT label.key FROM json_each(?2) AS wanted JOIN label ON label.name = wanted.value);

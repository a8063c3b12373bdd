-- Which pull requests were merged from ?1 to before ?2 (seconds), by whom, when opened, and how big? In the order
-- of their merge. Not every question needs all: created_at is NULL unless ?3 is 1, the sizes unless ?4 is, and
-- titles and base branches, which are long, unless ?5 is.
-- Everything is read from the index merged_facts alone, from one end of the range to the other.
SELECT key, merged_at, repository, author, author_kind,
       CASE WHEN ?3 THEN created_at END AS created_at,
       CASE WHEN ?4 THEN additions END AS additions,
       CASE WHEN ?4 THEN deletions END AS deletions,
       CASE WHEN ?4 THEN changed_files END AS changed_files,
       CASE WHEN ?5 THEN title END AS title,
       CASE WHEN ?5 THEN base_branch END AS base_branch
FROM item INDEXED BY merged_facts
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND merged_at >= ?1 AND merged_at < ?2
ORDER BY item.merged_at, item.repository, item.author, item.author_kind, item.created_at

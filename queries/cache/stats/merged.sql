-- Which pull requests were merged from ?1 to before ?2 (seconds), by whom, when opened, and how big? In the order
-- of their merge. Titles and base branches are long and seldom needed: NULL unless ?3 is 1.
-- Everything is read from the index merged_facts alone, from one end of the range to the other.
SELECT key, merged_at, created_at, repository, author, author_kind, additions, deletions, changed_files,
       CASE WHEN ?3 THEN title END AS title, CASE WHEN ?3 THEN base_branch END AS base_branch
FROM item INDEXED BY merged_facts
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND merged_at >= ?1 AND merged_at < ?2
ORDER BY merged_at, repository, author, author_kind, created_at

-- Which pull requests were merged from ?1 to before ?2 (seconds), by whom, and when were they opened? In the order
-- of their merge; repositories and authors are keys of the table name. Everything is read from the index merged_facts
-- alone, from one end of the range to the other.
SELECT key, merged_at, repository_key, author_key, author_kind, created_at
FROM item INDEXED BY merged_facts
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND merged_at >= ?1 AND merged_at < ?2
ORDER BY item.merged_at, item.repository_key, item.author_key, item.author_kind, item.created_at

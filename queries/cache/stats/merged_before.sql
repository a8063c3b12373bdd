-- Had the author ?1 a pull request merged before ?2 (seconds), in a repository whose name starts with ?3
-- ("owner/")? A row if so.
SELECT 1
FROM item INDEXED BY merged_by_author
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL
  AND author = ?1 AND merged_at < ?2 AND substr(repository, 1, length(?3)) = ?3
LIMIT 1

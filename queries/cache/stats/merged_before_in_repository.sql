-- Had the author ?1 a pull request merged before ?2 (seconds) in the repository ?3? A row if so.
SELECT 1
FROM item INDEXED BY merged_by_author_and_repository
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL
  AND author = ?1 AND repository = ?3 AND merged_at < ?2
LIMIT 1

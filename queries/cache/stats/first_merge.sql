-- When was the first pull request merged that the cache knows? One row; NULL in an empty cache.
SELECT min(merged_at)
FROM item INDEXED BY merged_facts
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL

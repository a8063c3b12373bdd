-- What merged.sql answers, and beside it: how big were they, under which title and into which branch? A question of its
-- own, because these columns cost as much as all others.
SELECT key, merged_at, repository_key, author_key, author_kind, created_at, additions, deletions, changed_files,
       title, base_branch
FROM item INDEXED BY merged_facts
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND merged_at >= ?1 AND merged_at < ?2
ORDER BY item.merged_at, item.repository_key, item.author_key, item.author_kind, item.created_at

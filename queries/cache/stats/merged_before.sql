-- Who had a pull request merged before ?1 (seconds), and where? Without bots and accounts that are gone.
SELECT DISTINCT repository_key, author_key
FROM item INDEXED BY merged_facts
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND merged_at < ?1
      AND author_kind IN ('user', 'other')

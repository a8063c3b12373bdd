-- Which pull requests merged from ?1 to before ?2 (seconds) were the first of their author under an owner
-- (in_repository = 0) and, when ?3 is 1, in a repository (1)? In the order of their merge. A pull request that is both
-- comes twice.
SELECT merged_at, item, instr(scope, '/') > 0 AS in_repository
FROM first_merge INDEXED BY first_merge_by_time
WHERE merged_at >= ?1 AND merged_at < ?2 AND (?3 OR instr(scope, '/') = 0)
ORDER BY merged_at, item

-- Which labels have the pull requests merged from ?1 to before ?2 (seconds)?
SELECT item_label.item, item_label.label
FROM item INDEXED BY merged_facts CROSS JOIN item_label ON item_label.item = item.key
WHERE kind = 'pull_request' AND gone_at IS NULL AND merged_at IS NOT NULL AND merged_at >= ?1 AND merged_at < ?2

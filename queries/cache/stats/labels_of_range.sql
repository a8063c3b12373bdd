-- Which labels have the pull requests merged from ?1 to before ?2 (seconds)? All labels when ?3 is 1, else those in the
-- JSON list of keys ?4. One look-up a pull request.
SELECT item.key AS item, item_label.label
FROM item INDEXED BY merged_facts
CROSS JOIN item_label ON item_label.item = item.key
WHERE item.kind = 'pull_request' AND item.gone_at IS NULL AND item.merged_at IS NOT NULL
  AND item.merged_at >= ?1 AND item.merged_at < ?2
  AND (?3 OR item_label.label IN (SELECT value FROM json_each(?4)))

-- Which labels, of those whose keys lie between ?3 and ?4, have the items whose keys lie between ?1 and ?2? All ends
-- included; item by item. The plus keeps labels from being looked up item by item: few items have these, so reading
-- past the others costs less.
SELECT item, label FROM item_label
WHERE item BETWEEN ?1 AND ?2 AND +label BETWEEN ?3 AND ?4
ORDER BY item

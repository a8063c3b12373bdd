-- Which labels have the items whose keys lie between ?1 and ?2, both included? Item by item.
SELECT item, label FROM item_label
WHERE item BETWEEN ?1 AND ?2
ORDER BY item

-- Which labels have the items whose keys lie between ?1 and ?2, both included? One pass over the table: cheaper
-- than a look-up for each when most of these items are wanted.
SELECT item, label FROM item_label WHERE item BETWEEN ?1 AND ?2
ORDER BY item

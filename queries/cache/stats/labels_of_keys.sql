-- Which labels have the items whose keys lie between ?1 and ?2, both included? All labels when ?3 is 1, else those in the
-- JSON list of keys ?4. One pass over the table: cheaper than a look-up for each when most of these items are
-- wanted.
SELECT item, label FROM item_label
WHERE item BETWEEN ?1 AND ?2 AND (?3 OR label IN (SELECT value FROM json_each(?4)))
ORDER BY item

-- What happened, before ?2 (seconds), to the labels of the items that ever got the label ?1 (the one that starts a
-- final comment period)? Item by item, oldest first; closed_at is when the item was closed or merged.
SELECT item.key, item.repository, item.author, item.author_kind, item.closed_at, event.at, label.name, event.added
FROM (SELECT DISTINCT label_event.item
      FROM label_event JOIN label ON label.key = label_event.label
      WHERE label.name = ?1 AND label_event.added = 1 AND label_event.at < ?2) AS started
JOIN item ON item.key = started.item
JOIN label_event AS event ON event.item = started.item
JOIN label ON label.key = event.label
WHERE item.gone_at IS NULL AND event.at < ?2
ORDER BY item.key, event.at, event.added

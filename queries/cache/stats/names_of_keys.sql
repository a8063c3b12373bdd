-- What are the repositories and authors called whose keys are in the JSON list ?1? One look-up each.
SELECT key, text FROM name WHERE key IN (SELECT value FROM json_each(?1))

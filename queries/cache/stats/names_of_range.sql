-- What are the repositories and authors called whose keys lie between ?1 and ?2, both included?
SELECT key, text FROM name WHERE key BETWEEN ?1 AND ?2

-- What are the repositories and authors called whose keys lie between ?1 and ?2, both included? One pass over the
-- table: cheaper than a look-up for each when most of them are wanted.
SELECT key, text FROM name WHERE key BETWEEN ?1 AND ?2

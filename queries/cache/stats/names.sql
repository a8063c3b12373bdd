-- What are the repositories and authors called?
SELECT key, text FROM name

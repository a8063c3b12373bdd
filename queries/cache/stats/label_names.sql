-- What is each label called?
SELECT key, name FROM label

-- What are the authors called?
SELECT key, text FROM name WHERE instr(text, '/') = 0

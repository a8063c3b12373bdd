-- What are the repositories called? Logins have no slash.
SELECT key, text FROM name WHERE instr(text, '/') > 0

-- Step 3: what editions printed in each part, not only among the merged pull requests.

CREATE TABLE seen_in_part (
    profile TEXT    NOT NULL,
    issue   TEXT    NOT NULL,
    part    TEXT    NOT NULL,  -- as --part names it
    url     TEXT    NOT NULL,
    printed INTEGER NOT NULL,
    PRIMARY KEY (profile, issue, part, url)
) STRICT, WITHOUT ROWID;
INSERT INTO seen_in_part (profile, issue, part, url, printed)
SELECT profile, issue, 'merged', url, printed FROM seen;
DROP TABLE seen;
ALTER TABLE seen_in_part RENAME TO seen;

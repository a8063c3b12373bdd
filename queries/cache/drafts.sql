-- What the program remembers of drafts.

-- name: lines
SELECT part, key, written, kept, section, place, decision FROM draft_line WHERE draft = ?1 ORDER BY part, position;

-- name: forget_part
DELETE FROM draft_line WHERE draft = ?1 AND part = ?2;

-- name: save_line
INSERT INTO draft_line (draft, part, position, key, written, kept, section, place, decision, written_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: names
SELECT DISTINCT draft FROM draft_line ORDER BY draft;

-- Bases of format 1: texts, and marks under the part's name with " marks" behind.
-- name: old_bases
SELECT part, text FROM draft_base WHERE draft = ?1 ORDER BY part;

-- name: forget_old_bases
DELETE FROM draft_base WHERE draft = ?1 AND part IN (?2, ?2 || ' marks');

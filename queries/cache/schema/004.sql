-- Who is new is asked of the items themselves: the triggers and the table that kept first merges go.
DROP TRIGGER first_merge_of_new_item;
DROP TRIGGER first_merge_of_changed_item;
DROP TABLE first_merge;
DROP INDEX merged_by_author;

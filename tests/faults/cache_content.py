"""What a cache holds that people can see, independent of the order in which it came."""
import contextlib, sqlite3

TABLES = {
    "items": "SELECT id, kind, repository, number, title, url, state, draft, author, author_kind, created_at, updated_at, merged_at,"
             " closed_at, base_branch, additions, deletions, changed_files, text_changed_at, gone_at IS NULL FROM item",
    "labels": "SELECT item.id, label.name FROM item_label JOIN item ON item.key = item JOIN label ON label.key = label",
    "events": "SELECT item.id, label.name, at, added FROM label_event JOIN item ON item.key = item JOIN label ON label.key = label",
    "paths": "SELECT item.id, path, added FROM changed_path JOIN item ON item.key = item",
    "files": "SELECT repository, path, commit_id, branch, text FROM file",
}


def content(path):
    """{table: sorted rows}; raises sqlite3.DatabaseError when the file is damaged."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("integrity check failed")
        return {name: sorted(db.execute(query), key=repr) for name, query in TABLES.items()}


def difference(one, other):
    """A phrase on where two contents differ; empty when they don't."""
    for name in TABLES:
        lacking, extra = set(other[name]) - set(one[name]), set(one[name]) - set(other[name])
        if lacking or extra:
            return f"{name}: {len(lacking)} lacking, {len(extra)} extra, such as {next(iter(lacking or extra))!r:.200}"
    return ""

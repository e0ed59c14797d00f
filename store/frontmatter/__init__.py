"""Link <-> text, losing nothing: front matter and body of one document (pure)."""

from store.frontmatter.document import MOST_FRONT, body_of, dumps, fields_of, head_of, id_of, id_shown, loads

__all__ = ["MOST_FRONT", "body_of", "dumps", "fields_of", "head_of", "id_of", "id_shown", "loads"]

"""Who said what when: the posts of a thread that are kept, and a line at the head of each."""

from store.capture.posts.lines import Said, add_lines, read_said

__all__ = ["Said", "add_lines", "read_said"]

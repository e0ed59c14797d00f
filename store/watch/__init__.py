"""What others change underneath an open library, as values."""

from store.watch.loop import Seen, watch

__all__ = ["Seen", "watch"]

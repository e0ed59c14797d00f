"""What a page says of itself: title, author, site, dates, notice, language. Nothing made up: absent is absent."""

from store.capture.metadata.language import language_of
from store.capture.metadata.reading import Metadata, read_metadata

__all__ = ["Metadata", "language_of", "read_metadata"]

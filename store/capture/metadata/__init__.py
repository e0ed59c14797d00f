"""What a page says of itself: title, author, site, dates, notice, language. Nothing made up: absent is absent."""

from store.capture.metadata.credits import credits_in
from store.capture.metadata.headtable import telling_table
from store.capture.metadata.language import language_of
from store.capture.metadata.reading import Metadata, read_metadata

__all__ = ["Metadata", "credits_in", "language_of", "read_metadata", "telling_table"]

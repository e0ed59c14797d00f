"""Everything that talks to a terminal; it imports `store`, never the other way round."""

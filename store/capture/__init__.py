"""The only part that knows the web: fetch, decode, extract, write Markdown, judge."""

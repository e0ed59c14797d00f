"""The only place that runs git, and that knows what stands where in a `.git`."""

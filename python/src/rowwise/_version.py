"""The version, which ``release/set-version`` sets to that of the jars."""

__version__ = "0.1.0.dev0"

"""The commands and listeners, one file a subject. Each is an extension that :mod:`bot.client` loads."""

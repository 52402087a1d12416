"""The bot in a simulated Discord. A package, so that ``python -m tests.discord.preview`` finds it."""

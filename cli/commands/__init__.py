"""The subcommands of ``dateline``, one module each, imported only when called."""

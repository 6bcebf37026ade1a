"""Remaking the bundle from its sources: a module for each source, :mod:`.pipeline` joins them."""

"""``python -m dateline`` is the command ``dateline``."""

from dateline.main import main

main()

"""How the documentation is built: ``sphinx-build -W docs build/docs``; every broken link is an error."""

from importlib.metadata import version as installed_version

project = "Dateline"
author = "The Dateline authors"
copyright = "The Dateline authors, Apache-2.0"
version = release = installed_version("dateline")

extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "sphinx_click"]
exclude_patterns = ["articles"]
html_theme = "furo"
html_title = "Dateline"
html_show_sphinx = False
templates_path: list[str] = []

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
numpydoc_show_class_members = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
# Type comments in docstrings are for people; only explicit links must lead somewhere.
nitpicky = False
# sphinx-click prints the help of commands as reStructuredText, where "*.txt" looks like broken emphasis.
suppress_warnings = ["docutils"]

"""The option that says whose borders are drawn."""

from __future__ import annotations

import click

worldview_option = click.option(
    "--worldview",
    type=click.Choice(["un", "de-facto"]),
    default="un",
    show_default=True,
    help="Whose borders to draw.",
)

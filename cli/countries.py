"""A country on the command line: its code, or a name it is known by."""

from __future__ import annotations

import difflib
from typing import Any

import click


class Country(click.ParamType):
    """Takes ``NG``, ``ng`` or ``Nigeria`` and gives ``NG``; what is no country, or may be two, is refused.

    Examples
    --------
    >>> [Country().convert(name, None, None) for name in ("ua", "Nigeria", "UK", "Burma")]
    ['UA', 'NG', 'GB', 'MM']
    >>> Country().convert("Nigera", None, None)
    Traceback (most recent call last):
    click.exceptions.BadParameter: no country 'Nigera'; did you mean Nigeria (NG) or Niger (NE)?
    """

    name = "country"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the ISO 3166-1 alpha-2 code of a country."""
        from dateline import gazetteer

        gaz = gazetteer.open()
        if (code := value.strip().upper()) in gaz.countries:
            return code
        labels = {name.casefold(): code for code, name in gaz.countries.items()}
        if code := labels.get(value.strip().casefold(), ""):
            return code
        matches = gaz.find(value, feature_class="A", limit=20)
        meant = [
            m.place.country for m in matches if m.kind == "exact" and m.place.feature_code.startswith("PCL")
        ]
        close = difflib.get_close_matches(value.strip().casefold(), labels, n=3, cutoff=0.7)
        slips = [labels[name] for name in close if _resembles(value, name)]
        if len(meant) == 1 and set(slips) <= set(meant):  # Nigera is Niger in some language, and a slip here
            return str(meant[0])
        like = list(dict.fromkeys([*slips, *meant, *(labels[name] for name in close)]))[:3]
        hint = " or ".join(f"{gaz.countries[code]} ({code})" for code in like)
        mend = f"did you mean {hint}?" if hint else "give its ISO code, such as UA, or its name"
        raise click.BadParameter(f"no country {value[:80]!r}; {mend}", ctx, param)


def _resembles(value: str, name: str) -> bool:
    return difflib.SequenceMatcher(None, value.strip().casefold(), name).ratio() >= 0.85

"""A country on the command line: its code, or a name it is known by."""

from __future__ import annotations

import difflib

import click


def country_code(value: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country; what is none, or may be two, is refused.

    Raises
    ------
    click.BadParameter
        Naming the countries that may be meant.

    Examples
    --------
    >>> [country_code(name) for name in ("ua", "Nigeria", "UK", "Burma")]
    ['UA', 'NG', 'GB', 'MM']
    >>> country_code("Nigera")
    Traceback (most recent call last):
    click.exceptions.BadParameter: no country 'Nigera'; did you mean Nigeria (NG) or Niger (NE)?
    """
    from dateline import gazetteer

    gaz = gazetteer.open()
    name = value.strip()
    if name.upper() in gaz.countries:
        return name.upper()
    labels = {label.casefold(): code for code, label in gaz.countries.items()}
    if name.casefold() in labels:
        return labels[name.casefold()]
    exact = [m.place for m in gaz.find(name, feature_class="A", limit=20) if m.kind == "exact"]
    meant = [place.country for place in exact if place.feature_code.startswith("PCL")]
    close = [labels[label] for label in difflib.get_close_matches(name.casefold(), labels, 3, 0.7)]
    slips = [labels[label] for label in difflib.get_close_matches(name.casefold(), labels, 3, 0.85)]
    if len(meant) == 1 and set(slips) <= set(meant):  # Nigera is Niger in some language, and a slip here
        return meant[0]
    like = list(dict.fromkeys([*slips, *meant, *close]))[:3]
    hint = " or ".join(f"{gaz.countries[code]} ({code})" for code in like)
    mend = f"did you mean {hint}?" if hint else "give its ISO code, such as UA, or its name"
    raise click.BadParameter(f"no country {value[:80]!r}; {mend}")

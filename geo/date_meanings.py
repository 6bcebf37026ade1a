"""What a date expression means: an interval of days, told by the match of its pattern and by its context.

The patterns are in :mod:`dateline.geo.date_rules`, the meanings in `date_days`, `date_weekdays`,
`date_counted` and `date_periods`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dateline.geo.intervals import Interval

Tense = Literal["past", "future", "unknown"]
Match = re.Match[str]
#: So many letters before an expression is looked what leads to it: "exactly", "earlier", "early".
LEAD = 24


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: a day, the tense of its verb, the date told before it."""

    day: dt.date
    tense: Tense = "unknown"
    anchor: Interval | None = None


#: Returns None where the words have no calendar value; ValueError for a day that does not exist.
Meaning = Callable[[Match, Context], Interval | None]

"""Every exception Dateline raises on purpose.

DatelineError
├── InputError (ValueError)      what the user gave is unusable: the file, the line, the mend
│   └── OptionError              an option has a value that does not exist
├── OutputError (OSError)        a file could not be written; the old one is whole
├── DataError (RuntimeError)     a bundled or built data file is missing or damaged
└── MissingExtraError (ImportError)  an optional part is not installed
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all of Dateline's own errors; its text is one sentence for a person."""


class InputError(DatelineError, ValueError):
    """What the user gave cannot be used; the message names the file, the line and the mend."""


class OptionError(InputError):
    """An option was given a value that does not exist; the message names those that do."""


class OutputError(DatelineError, OSError):
    """A file could not be written; whatever stood there before is untouched."""


class DataError(DatelineError, RuntimeError):
    """A data file of Dateline's own is missing or damaged; the message names the command that remakes it."""


class MissingExtraError(DatelineError, ImportError):
    """An optional part is not installed; the message names the ``pip install`` that adds it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs an optional part: pip install '.[{extra}]' in the folder of Dateline's source"
        )

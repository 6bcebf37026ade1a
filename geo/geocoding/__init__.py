"""Places that the gazetteer lacks, from a geocoder: only when asked to, politely, judged by the article."""

from dateline.geo.geocoding.fallback import Fallback, Summary
from dateline.geo.geocoding.settings import Settings, read_settings

__all__ = ["Fallback", "Settings", "Summary", "read_settings"]

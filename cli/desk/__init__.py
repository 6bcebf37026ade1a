"""``dateline serve``: a local page where a person reads, checks and corrects (extra ``dateline[desk]``)."""

"""Says the editors' texts: picks the variation that fits, fills in today's facts and leaves out what is no longer true."""

"""Makes a model out of data: only when something that matters changed."""

"""Outside files read into raw rows."""

"""The journal of what everybody did."""

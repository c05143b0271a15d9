"""Pupils: the list of all of them, and taking class lists in."""

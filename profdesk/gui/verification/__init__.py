"""Verification of a signed document."""

"""Diagnostics for the psychologist: the journal of sessions, planning one, keying its sheets in."""

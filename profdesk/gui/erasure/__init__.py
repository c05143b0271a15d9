"""Destroying what is kept of pupils: who is due, what goes, the act, the register of acts, terms of retention."""

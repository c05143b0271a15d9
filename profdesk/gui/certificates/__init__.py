"""Certificates: who in a class may get one, a preview of each, and issuing them."""

"""Rows in, typed tables out, by pandas."""

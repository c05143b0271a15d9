"""Copies of the workspace: the page, the watch that makes them by schedule, and the last one on leaving."""

"""The pupil card: everything of one child, in tabs that know nothing of each other."""

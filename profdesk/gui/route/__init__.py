"""A child's individual route: a tab of the pupil's card."""

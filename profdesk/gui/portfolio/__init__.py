"""The class grid: a pupil a row, a competency a column, a stage a key."""

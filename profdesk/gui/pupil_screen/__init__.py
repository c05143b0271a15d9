"""A questionnaire that a pupil answers at the computer: one question at a time, and nothing else to see."""

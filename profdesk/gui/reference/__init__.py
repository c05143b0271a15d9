"""The pupil reference: a draft to be edited, printed and saved for Word."""

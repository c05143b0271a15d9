"""The page «Пробы и события»: the year's plan, who was there, and the tab of the pupil's card."""

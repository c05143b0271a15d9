"""The class as a whole: completeness, strongest and weakest, who changed most, and its papers."""

"""The register of signed papers as a view: a school's summaries, a department's consolidations."""

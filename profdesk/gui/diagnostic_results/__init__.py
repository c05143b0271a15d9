"""Results of diagnostics: of a pupil, of a session's group, from elsewhere, and consultations."""

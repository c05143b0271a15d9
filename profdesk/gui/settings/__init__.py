"""Settings of the workspace: organisation, school year, keys, copies."""

"""The register of consents: a class or the whole school at a glance, papers entered, printed and withdrawn."""

"""Keys, seals and verification of signed documents."""

"""The parts of a certificate: each measures itself first and is drawn where it then stands."""

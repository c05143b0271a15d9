"""Facts in, bytes of PDF and XLSX out; no storage, no Qt."""

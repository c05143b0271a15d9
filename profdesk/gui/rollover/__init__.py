"""The year roll-over: what becomes of every pupil, changed by keyboard, then done in one step."""

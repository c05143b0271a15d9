"""Exchange with other computers: who they are, what is sent and taken, what differs."""

"""The start window: open a workspace, make one, or look at the demonstration school."""

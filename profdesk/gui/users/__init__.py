"""Users: who works with the folder, in which roles, with which classes and passwords."""

"""What the program knows about its field: frozen values and pure rules, standard library only."""

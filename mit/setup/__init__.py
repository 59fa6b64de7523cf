"""Setting up: what is measured of a room, its devices and a voice, and the order in which it is asked for. Pure."""

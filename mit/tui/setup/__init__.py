"""The first run: what the trainer has to know of a person, a microphone and a room, asked for one thing at a time."""

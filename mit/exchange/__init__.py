"""What trainer and therapist hand each other: text in, values and every fault out; values in, text out."""

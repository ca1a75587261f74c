"""Rules over located rows, and the study that passes them."""

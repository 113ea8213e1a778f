"""Train energies without their partition function, and draw through noise."""

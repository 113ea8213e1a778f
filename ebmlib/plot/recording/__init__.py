"""What torch does between a live figure's settings and its numbers: recorded, replayed, written."""

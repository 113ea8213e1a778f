"""Draw from an energy: walks, memories, machines of binary units."""

"""Decoders of one sample's latent: the ellipse, its conditional form, and learned curves."""

"""Inference of the latent: minimise E(y, z) over z, one module a method.

Every method takes an energy, targets y of shape (*batch, dim) and starts z of shape
(*batch, latent), whose dimensions before the last broadcast, and minimises all samples at once,
each with its own steps and its own stopping. Starts of shape (starts, batch, latent) are
therefore a multi-start; `multistart` keeps the best.
"""

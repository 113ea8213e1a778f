"""Lay out and send what is published: site, editions, notebooks, wheel, the offline zip."""

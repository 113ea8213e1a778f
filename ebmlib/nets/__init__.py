"""Dense nets, and what one asks of them: probes, ensembles, dropout, the pieces they cut."""

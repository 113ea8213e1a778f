"""What an author may write: each construct in site, notebook and print, and the table of them."""

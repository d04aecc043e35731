"""One module per command, thin; `table.py` lists them all."""

"""The full numbers of the fault, crash and leak experiments. `make proof` runs them; `docs/proof.md` keeps their last result."""

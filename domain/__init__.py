"""What the assistant knows. Standard library only; no I/O of its own: it calls ports that others implement."""

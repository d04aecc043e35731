"""Background work: the queue, put within the caller's transaction, and the loop that runs it."""

"""Looking around with all of a trader's credentials at once: who is asked what, what came back, and what could not be seen."""

"""What a trader talks to."""

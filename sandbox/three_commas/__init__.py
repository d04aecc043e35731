"""A pretend 3Commas: its public API over HTTP, and the operations that a person does in its web app."""

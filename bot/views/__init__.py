"""From a result to a reply: pure, and each with an example that a test draws and a person can page through."""

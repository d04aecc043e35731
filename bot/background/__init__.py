"""What goes on beside the chat: looks that fill in a message, watches, linking, tidying. `jobs.py` names the kinds; `bot/worker.py` runs them."""

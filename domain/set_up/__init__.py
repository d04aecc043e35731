"""Setting up again by hand what a trade or a deal was to do, or taking over a position that nobody manages: the form, field by field.

`again.py` is the one question. `ended.py` (a trade or deal that is over) and `position.py` collect what is known, through `lookup.py`;
`form.py` fills the form from it, and `answers.py` takes what the trader adds. The values are in `values.py`.
"""

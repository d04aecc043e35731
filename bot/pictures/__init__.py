"""Charts: figures and short labels in the picture, sentences in the caption. Drawn in a thread; one shipped font (DejaVu Sans)."""

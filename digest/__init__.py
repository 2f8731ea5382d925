"""A week or a month of figures as a letter: HTML and text, to be mailed or printed."""

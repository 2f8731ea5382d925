"""Figures and their names, as people read them."""

"""Lifetime Value: its figures, curves, channels and funnel."""

"""The month-end pack."""

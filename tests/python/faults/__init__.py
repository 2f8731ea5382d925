"""Ways in which data or SQL go wrong, and what must notice each of them."""

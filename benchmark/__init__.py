"""How long a build takes and how much memory, beside a plain copy of its tables."""

"""A Spark cluster on this machine: what it is made of, and how it starts and stops."""

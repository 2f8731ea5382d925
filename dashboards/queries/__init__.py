"""The SQL of each page, as functions that return (statement, values)."""

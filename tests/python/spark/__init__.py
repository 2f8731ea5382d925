"""The project on a Spark cluster: its tables are those of DuckDB."""

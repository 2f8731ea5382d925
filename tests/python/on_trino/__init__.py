"""The project on a Trino server with Iceberg tables: its tables are those of DuckDB."""

"""The models of the user's own columns and objects, which dbt reads from files."""

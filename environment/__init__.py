"""What make setup adds to .venv and, without the hub, to dbt_packages."""

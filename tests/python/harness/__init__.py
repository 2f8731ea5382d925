"""What the tests stand on: the dbt project, warehouses and written-down accounts."""

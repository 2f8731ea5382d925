"""The models in the SQL of warehouses that no machine here has."""

"""Erasing a person from what dbt built; docs/security.md says what stays."""

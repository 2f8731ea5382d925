"""The metrics for assistants: a server that speaks MCP and only reads."""

"""The Executive Summary: its tiles and its charts."""

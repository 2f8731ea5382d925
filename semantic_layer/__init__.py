"""The project's metrics, asked by name in this process, never mixing currencies."""

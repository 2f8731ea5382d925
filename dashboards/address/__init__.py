"""What an address asks for: its parts, and what they name in the warehouse."""

from dashboards.address.state import LONGEST_VALUE, State, address, read_state

__all__ = ["LONGEST_VALUE", "State", "address", "read_state"]

"""What other programs are told of the marts: LookML, and Open Semantic Interchange."""

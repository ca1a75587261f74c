"""The weights of a panel."""

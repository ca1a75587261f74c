"""Many targets: spread over processes and a cluster, written as they come."""

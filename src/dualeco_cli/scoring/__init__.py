"""The method: pure functions on arrays, from a study to a result."""

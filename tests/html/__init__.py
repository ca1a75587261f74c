# ruff: noqa: A005 - it is imported as tests.html, so it shadows nothing

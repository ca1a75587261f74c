"""Rates how transferable good practices in dual vocational training are to a local ecosystem."""

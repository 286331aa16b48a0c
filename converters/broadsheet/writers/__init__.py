"""Formats that Broadsheet writes, one module or package each, none of which knows the others."""

"""Broadsheet rebuilds newspaper articles from text whose layout is lost, and writes them as DOCX, PDF, EPUB or text."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"
__all__ = ["BroadsheetError", "__version__", "convert", "parse", "read", "write"]

if TYPE_CHECKING:
    from broadsheet.conversion import convert, parse, read, write
    from broadsheet.errors import BroadsheetError


def __getattr__(name: str) -> object:
    """Load the public functions on first use, so that `broadsheet --version` loads nothing."""
    if name in {"convert", "parse", "read", "write"}:
        from importlib import import_module  # lazy on purpose

        return getattr(import_module("broadsheet.conversion"), name)
    if name == "BroadsheetError":
        from broadsheet.errors import BroadsheetError  # lazy on purpose

        return BroadsheetError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

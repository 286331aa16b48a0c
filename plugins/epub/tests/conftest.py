"""The kitchen-sink document of the writers' tests, and the plugin's source where it is not installed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

PLUGIN = Path(__file__).resolve().parents[1]
KITCHEN_SINK = PLUGIN.parents[1] / "tests" / "unit" / "writers" / "kitchen_sink.py"

if importlib.util.find_spec("broadsheet_epub") is None:
    sys.path.insert(0, str(PLUGIN / "src"))


@pytest.fixture(scope="session")
def sink() -> ModuleType:
    """The module `kitchen_sink`, loaded by its path."""
    spec = importlib.util.spec_from_file_location("kitchen_sink", KITCHEN_SINK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

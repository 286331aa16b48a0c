"""The kitchen-sink document, for every writer's tests."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="session")
def sink() -> ModuleType:
    """The module `kitchen_sink`, loaded by its path, for tests are no packages."""
    spec = importlib.util.spec_from_file_location("kitchen_sink", Path(__file__).with_name("kitchen_sink.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

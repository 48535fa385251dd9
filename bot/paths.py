"""Where things stand in the project. Everything that is made while running lives under ``var/``."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
DATA = ROOT / "data"
FLOWS = DATA / "flows"
WORDLISTS = DATA / "woordenlijsten"
GEOGRAPHY = CONTENT / "geografie"
VAR = ROOT / "var"
MODELS = VAR / "models"

"""Rasa runs without TensorFlow and the connectors, and says so when somebody does need one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.runtime.left_out import NEVER_INSTALLED, NOT_FOR_ANSWERING, Inert, PackageLeftOut, install

install({"verzonnen_pakket"})


def test_inert_names_can_be_subclassed_annotated_and_used_as_decorators() -> None:
    import verzonnen_pakket.diep.genest as nested  # type: ignore[import-not-found]
    from verzonnen_pakket import Laag, functie  # type: ignore[import-not-found]

    @functie
    def plain() -> int:
        return 3

    @functie(met="instelling")
    def with_settings() -> int:
        return 4

    class Eigen(Laag, nested.AndereLaag):  # type: ignore[misc]
        pass

    class Tabel(nested.gemaakte_basis()):  # type: ignore[misc]
        pass

    assert (plain(), with_settings()) == (3, 4)
    assert issubclass(Eigen, Inert)
    assert issubclass(Tabel, Inert)


def test_making_an_object_that_needs_the_package_says_what_to_do() -> None:
    from verzonnen_pakket import Laag  # type: ignore[import-not-found]

    class Eigen(Laag):  # type: ignore[misc]
        pass

    with pytest.raises(PackageLeftOut, match=r"config\.yml"):
        Eigen(12)


def test_a_component_that_needs_tensorflow_fails_with_that_message() -> None:
    from rasa.utils.tensorflow.models import RasaModel

    with pytest.raises(PackageLeftOut, match="RasaModel"):
        RasaModel()


def test_left_out_packages_are_in_no_lock() -> None:
    lock = (ROOT / "bot" / "requirements.lock").read_text(encoding="utf-8").lower()
    locked = {
        line.split("==")[0].replace("-", "_")
        for line in lock.splitlines()
        if re.match(r"[a-z].*==", line) and "'never'" not in line
    }
    assert not {name.lower() for name in NEVER_INSTALLED} & locked


def test_the_serving_engine_loads_nothing_it_does_not_need_and_stays_quiet() -> None:
    names = sorted(NEVER_INSTALLED | NOT_FOR_ANSWERING)
    code = (
        "from bot.runtime import environment; environment.prepare(training=False)\n"
        "import sys, bot.runtime.agent, bot.channel.channel\n"
        "from bot.nlu.spacy_pipeline import dutch_pipeline\n"
        "dutch_pipeline()\n"
        f"print([n for n in {names} if getattr(sys.modules.get(n), '__file__', None)])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
    assert not result.stderr


def test_config_of_this_project_names_only_importable_parts() -> None:
    from bot.yamlsource import load

    config = load(Path(ROOT / "config.yml"))
    names = [part["name"] for part in [*config["pipeline"], *config["policies"], *config["importers"]]]
    for name in names:
        module, _, attribute = name.rpartition(".")
        assert hasattr(__import__(module, fromlist=[attribute]), attribute), name

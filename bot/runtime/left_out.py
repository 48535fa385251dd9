"""Lets Rasa import without the packages our assistant never uses (docs/adr/0003-rasa-zonder-tensorflow.md).

Rasa imports TensorFlow for its base classes, and a dozen chat connectors for their types, even when nothing uses them:
together 450 MB and ten seconds. :func:`install` puts inert modules in their place: their names can be subclassed, used in
annotations and as decorators. Making an object of such a class, which only a component that really needs the package
does, raises :class:`PackageLeftOut` with a clear message.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# Not in bot/requirements.lock at all. A test compares this list with bot/pyproject.toml.
NEVER_INSTALLED = frozenset(
    {
        "aio_pika",
        "aiogram",
        "aiormq",
        "boto3",
        "botocore",
        "confluent_kafka",
        "engineio",
        "fbmessenger",
        "google",
        "keras",
        "matplotlib",
        "mattermostwrapper",
        "psycopg2",
        "pymongo",
        "questionary",
        "redis",
        "rocketchat_API",
        "sanic_cors",
        "sanic_jwt",
        "sentry_sdk",
        "sklearn_crfsuite",
        "slack_sdk",
        "socketio",
        "structlog_sentry",
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tensorflow_text",
        "twilio",
        "webexteamssdk",
    }
)
# Installed, and not needed to answer. A linear model is two matrix products (bot/nlu/heads.py), the graph runs without Dask
# (bot/runtime/graph.py), no turn is kept in a database or planned for later, nothing is fetched from
# a site; nobody types in a terminal or signs a token here.
NOT_FOR_ANSWERING = frozenset(
    {
        "apscheduler",
        "cachecontrol",
        "dask",
        "jwt",
        "langcodes",
        "prompt_toolkit",
        "requests",
        "sklearn",
        "skops",
        "sqlalchemy",
    }
)


class PackageLeftOut(RuntimeError):
    """A component in ``config.yml`` or ``credentials.yml`` needs a package that this engine leaves out."""


class _InertType(type):
    """Type of every inert name: attributes are inert again, a call acts as a decorator that changes nothing or makes a base class."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        child = _InertType(name, (Inert,), {"is_placeholder": True})
        setattr(cls, name, child)
        return child

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("is_placeholder"):
            raise PackageLeftOut(
                f"'{cls.__module__}.{cls.__name__}' heeft een pakket nodig dat niet in deze omgeving zit. "
                "Kies in config.yml een onderdeel dat zonder kan (zie docs/adr/0003)."
            )
        return args[0] if len(args) == 1 and not kwargs and callable(args[0]) else cls


class Inert(metaclass=_InertType):
    """Base of all placeholder names."""

    is_placeholder = True


class _InertModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(Inert, name)


class _Finder(MetaPathFinder, Loader):
    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.split(".", 1)[0] in self.packages:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _InertModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: every name is made when it is asked for."""


def install(packages: Iterable[str] = NEVER_INSTALLED) -> None:
    """Put inert modules in place of ``packages``. Call before the first import of ``rasa``."""
    import thinc.compat  # noqa: F401  (spaCy's core looks which of these packages exist: it must find none)

    sys.meta_path.insert(0, _Finder(frozenset(packages)))

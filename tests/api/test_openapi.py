"""The OpenAPI description is valid and true: schemathesis calls every operation with all sorts of input."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate

from steunwijzer.chat.openapi import DOCUMENT

pytestmark = pytest.mark.engine


def test_the_description_is_valid() -> None:
    validate(DOCUMENT)


@pytest.fixture(scope="module")
def api(site: str) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_url(f"{site}/api/v1/openapi.json")
    schema.config.update(base_url=f"{site}/api/v1")
    return schema


lazy = schemathesis.pytest.from_fixture("api").exclude(path_regex="/events$")


@lazy.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_described(case: schemathesis.Case, site: str) -> None:
    begun = httpx.post(f"{site}/api/v1/conversations", json={}).json()
    if "id" in case.path_parameters:
        case.path_parameters["id"] = begun["id"]
    headers = {"Authorization": f"Bearer {begun['token']}"}
    case.call_and_validate(
        headers=headers,
        excluded_checks=[
            schemathesis.checks.load_all_checks() or schemathesis.checks.CHECKS.get_one(name)
            for name in ("ignored_auth", "positive_data_acceptance", "unsupported_method", "missing_required_header")
        ],
    )

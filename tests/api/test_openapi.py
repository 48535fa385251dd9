"""The OpenAPI description is valid and true: schemathesis calls every operation with all sorts of input."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate

from steunwijzer.chat.openapi import document

pytestmark = pytest.mark.engine


def test_the_description_is_valid() -> None:
    validate(document())


SCHEMA = schemathesis.openapi.from_dict(document()).exclude(path_regex="/events$")
schemathesis.checks.load_all_checks()
# Id and token are put right so that operations do their work; refusals, auth and methods have tests of their own.
LEFT_OUT = [
    schemathesis.checks.CHECKS.get_one(name)
    for name in (
        "ignored_auth",
        "negative_data_rejection",
        "positive_data_acceptance",
        "unsupported_method",
        "missing_required_header",
    )
]


@SCHEMA.parametrize()
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_described(case: schemathesis.Case, site: str) -> None:
    begun = httpx.post(f"{site}/api/v1/conversations", json={}).json()
    if "id" in case.path_parameters:
        case.path_parameters["id"] = begun["id"]
    headers = {"Authorization": f"Bearer {begun['token']}"}
    case.call_and_validate(base_url=f"{site}/api/v1", headers=headers, excluded_checks=LEFT_OUT)

"""The types of resources that CloudFormation has, by `tables/resource_types.py`."""

from __future__ import annotations

from functools import cache

from sidecar_lint.packaged import packaged_text
from sidecar_lint.syntax.nearest import adds_words, closest, slip

_OWNER = "AWS"


@cache
def _types() -> dict[str, list[str]]:
    """The names of the resources of each service."""
    import json

    types: dict[str, list[str]] = json.loads(packaged_text("data", "resource_types.json"))["types"]
    return types


def meant_resource_type(text: str) -> str | None:
    """The type that is meant by one that CloudFormation does not have.

    None for one that it has, for types of others (`Custom::…`), and where none is near: AWS adds types all
    the time.
    """
    owner, _, rest = text.partition("::")
    service, _, resource = rest.partition("::")
    known = _types().get(service, [])
    if owner != _OWNER:
        return f"{_OWNER}::{rest}" if owner.upper() == _OWNER and resource in known else None
    if not resource or "::" in resource or resource in known:
        return None
    found = _nearest_in(service, resource) or _nearest_service(service, resource)
    return f"{_OWNER}::{found}" if found else None


def _nearest_in(service: str, resource: str) -> str | None:
    nearest = closest(resource, _types().get(service, ()))
    return f"{service}::{nearest}" if nearest and not adds_words(resource, nearest) else None


def _nearest_service(service: str, resource: str) -> str | None:
    """The service that is meant, of those that have such a resource."""
    nearest = slip(service, [each for each, resources in _types().items() if resource in resources])
    return f"{nearest}::{resource}" if nearest else None

"""The functions that Copilot puts into a stack, and the custom resources that call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sidecar_lint.manifests.copilot_names import COPILOT_RUNTIME, STATIC_SITE
from sidecar_lint.template.intrinsics import get_att
from sidecar_lint.template.resource import resource

if TYPE_CHECKING:
    from sidecar_lint.template.stack import Stack
    from sidecar_lint.template.values import Value

_LONG: Final = 900
_SHORT: Final = 600
_RECORDS: Final = "38e30ef00bdfb527cd3caeb66f3d6c36a6eb80d83c443e665aaa8ab9565598d7"
_CERTIFICATE: Final = "29894925306285f3c1bdfd038200ab9202703ae4c66f3fd264cd2deeeadf587b"
#: What 1.34.1 uploads for each: the name of a file holds the SHA-256 of its content.
_DIGESTS: Final = {
    "BacklogPerTaskCalculatorFunction": "0062b2d637eda4118ab2a250974658a9695a87515dc0c77bc30a6d032b2c849f",
    "CertificateValidationFunction": _CERTIFICATE,
    "CustomDomainFunction": "d96c9686d87c8821b7bd4a03301cfa9e3f42d4799e7e8a0d248b6411f6d8034a",
    "DynamicDesiredCountFunction": "ca480d1f6f1450b2744e6db30d2e850356f501478e0c258065a5ff884ababa58",
    "EnvControllerFunction": "5cdb2f63626cf4ce22c15032e1f5842c8a16567b342c66ff137188f19c2cebb7",
    "NLBCertValidatorFunction": _CERTIFICATE,
    "NLBCustomDomainFunction": _RECORDS,
    "RulePriorityFunction": "e718bfc34436d66c748c932859ef8383fda896513ed87ba4197c4ec1e0728af6",
    "TriggerStateMachineFunction": "8da7f1322dd83a0fb46e875e35ee488dd28425d1b0da22825d66d29cf9c0cca2",
}
#: There the function of this name is that of network load balancers.
_OF_STATIC_SITES: Final = {**_DIGESTS, "CustomDomainFunction": _RECORDS}
_SHORT_LIVED: Final = frozenset(
    ("BacklogPerTaskCalculatorFunction", "DynamicDesiredCountFunction", "RulePriorityFunction")
)


def function(  # noqa: PLR0913  what functions differ in
    stack: Stack,
    name: str,
    role: str,
    *,
    handler: str = "index.handler",
    condition: str | None = None,
    description: str | None = None,
    more: dict[str, Value] | None = None,
) -> dict[str, Value]:
    """The function of a name, with a role."""
    digests = _OF_STATIC_SITES if stack.kind == STATIC_SITE else _DIGESTS
    key = f"manual/scripts/custom-resources/{name.lower()}/{digests[name]}.zip"
    properties: dict[str, Value] = {
        "Code": {"S3Bucket": stack.account.bucket, "S3Key": key},
        "Handler": handler,
        "Timeout": _SHORT if name in _SHORT_LIVED else _LONG,
        "MemorySize": 512,
        "Role": get_att(f"{role}.Arn"),
        "Runtime": COPILOT_RUNTIME,
        **(more or {}),
    }
    return resource("AWS::Lambda::Function", properties, description, condition=condition)

from __future__ import annotations

import re
from collections.abc import Iterator

from sidecar_lint import (
    Bad,
    Container,
    Finding,
    ImageReference,
    Manifest,
    Rule,
    Severity,
    Stage,
    is_path,
    unquoted,
)
from sidecar_lint_rules.generated._texts import judged

_PLACEHOLDER = r"[<>{}$%]"
_BREAKS = "the deployment fails: Copilot writes the image unquoted into a template, which it breaks"
_SCHEME = r"(?:https?|docker|oci)://"


class MalformedImageReference(Rule):
    """An image is not a reference that a registry could answer.

    A reference is `[registry/]repository[:tag][@digest]`, its repository in lower case, without
    spaces and without `https://`. Copilot does not look at it, nor does the deployment before the
    task starts: then the image cannot be pulled. What YAML reads as a map or a list, such as
    `nginx: latest`, already breaks the template that Copilot writes it into.
    """

    code, name = "SL105", "malformed-image-reference"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "the task cannot start: the image cannot be pulled (invalid reference format)"
    sources = ("distribution/reference: the grammar of a reference",)
    good = (
        "sidecars: {nginx: {image: 'public.ecr.aws/nginx/nginx:1.27-alpine'}}",
        "sidecars: {nginx: {image: 'localhost:5000/a__b/c.d:T_1@sha256:"
        + "0123456789abcdef" * 4
        + "', command: x}}",
        "sidecars: {nginx: {image: '${REGISTRY}/nginx:${TAG}'}, envoy: {image: 'envoy:<tag>'}}",
    )
    bad = (
        Bad(
            """
            sidecars:
              nginx: {image: Nginx}
            #                ^^^^^ SL105
              envoy: {image: 'https://public.ecr.aws/envoy:v1'}
            #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SL105
              otel: {image: 'otel/collector:'}
            #               ^^^^^^^^^^^^^^^^^ SL105
            """,
            fixed="image: nginx}",
        ),
    )

    def check_container(self, container: Container, manifest: Manifest) -> Iterator[Finding]:
        image, reference = container.image, container.image_reference
        if image is None or reference is None or reference.is_valid:
            return
        breaks = not container.is_main and unquoted(image.text)[0].breaks
        if not breaks and not _is_judged(image.text):
            return
        message = f"{image.text!r} is not an image reference: {_reason(reference)}"
        meant = _repaired(reference)
        help_ = "" if meant else "write registry/repository:tag"
        found = self.finding(image, message, help=help_, replace=meant)
        if breaks:
            found = judged(manifest, found._replace(stage=Stage.DEPLOY, effect=_BREAKS), image.text)
        yield found


def _is_judged(text: str) -> bool:
    """Whether it is meant as a reference: no path, and nothing that a script is to fill in.

    Quotes inside the value are read away by the template.
    """
    is_quoted = text.startswith(("'", '"'))
    return text != "" and not is_quoted and not is_path(text) and not re.search(_PLACEHOLDER, text)


def _reason(reference: ImageReference) -> str:
    text = reference.text
    if re.match(_SCHEME, text):
        return "it starts with a scheme"
    if re.search(r"\s", text):
        return "it has white space in it"
    if text.endswith((":", "@")):
        return f"nothing follows {text[-1]!r}"
    if _repaired(reference):
        return "a repository is in lower case"
    return "a part of it has characters that are not allowed there"


def _repaired(reference: ImageReference) -> str | None:
    text = re.sub(rf"\A{_SCHEME}", "", reference.text).strip().rstrip(":@/")
    lowered = reference.repository.lower() + text.removeprefix(reference.repository)
    for candidate in (text, lowered):
        if ImageReference(candidate).is_valid:
            return candidate
    return None

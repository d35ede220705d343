"""Workspaces of any size: everything in them that somebody could write a thousand times is there `n` times."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

#: Files by their paths.
Workspace = dict[str, str]

ROOT = "/nowhere/shop"
MANIFEST = f"{ROOT}/copilot/api/manifest.yml"
SECRETS = f"{ROOT}/secrets.yml"
CONFIGURATION = f"{ROOT}/.sidecar-lint.yml"
_HEAD = "name: api\ntype: {}\nimage: {{location: nginx, port: 80}}\n"
_SECRET = "/copilot/${{COPILOT_APPLICATION_NAME}}/${{COPILOT_ENVIRONMENT_NAME}}/secrets"  # noqa: S105  no password: the manifest of a secret
_PARAMETERS = "Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}\n"
_COLLECTOR = "public.ecr.aws/aws-observability/aws-otel-collector:v0.40.0"


def _numbers(n: int) -> range:
    return range(100, 100 + n)


def _times(n: int, line: str) -> str:
    """A line `n` times; `{i}` in it counts, with as many digits each time."""
    return "".join(line.format(i=i) for i in _numbers(n))


def _manifest(*sections: str, kind: str = "Load Balanced Web Service") -> str:
    return "".join((_HEAD.format(kind), *sections))


def _workspace(manifest: str, **files: str) -> Workspace:
    around = {
        "copilot/.workspace": "application: shop\n",
        "copilot/environments/test/manifest.yml": "name: test\n",
    }
    return {MANIFEST: manifest, **{f"{ROOT}/{name}": text for name, text in {**around, **files}.items()}}


def sidecars(n: int) -> Workspace:
    """Sidecars with mistakes of all kinds, that depend on each other in a row, in circles, and on nothing."""
    return _workspace(
        _manifest(
            "sidecars:\n",
            _times(
                n,
                "  a{i}: {{image: nginx, essentail: true, port: 9000, depends_on: {{b{i}: start, x{i}: HEALTHY}}}}\n",
            ),
            _times(
                n,
                "  b{i}: {{image: 'x!{i}', port: 7{i}/udpp, depends_on: {{c{i}: start}}, command: 'a: {i} \"b # c\"'}}\n",
            ),
            _times(
                n,
                "  c{i}: {{depends_on: {{a{i}: start}}, env_file: a.env, healthcheck: {{command: [x], interval: 1s}}}}\n",
            ),
            "".join(f"  d{i}: {{image: nginx, depends_on: {{d{i + 1}: start}}}}\n" for i in _numbers(n)),
            _times(
                n,
                "  e{i}: {{image: {{build: D{i}}}, mount_points: [{{source_volume: v{i}, path: /a}}, {{path: b}}]}}\n",
            ),
            _times(
                n,
                "  f{i}: {{<<: *shared, variables: {{AWS_REGION: x, a-b: y, PASSWORD: hunter22}}, secrets: {{A: x y}}}}\n",
            ),
            _times(n, "  g: {{image: nginx}}\n"),
            "  ? [h]\n  : x\n" * n,
            "x-shared: &shared {image: nginx, image_: x}\n",
            "depends_on: {a100: start}\n",
        )
        .replace("sidecars:\n", "x-shared: &shared {image: nginx, port: 1}\nsidecars:\n", 1)
        .replace("x-shared: &shared {image: nginx, image_: x}\n", ""),
        **{"a.env": _times(n, "export A{i}=b\n")},
    )


def fields(n: int) -> Workspace:
    """Lists and maps of every section, with entries that are right and wrong, unknown and repeated fields."""
    return _workspace(
        _manifest(
            _times(n, "unknwon{i}: v\n"),
            "cpu: x\n" * n,
            "variables:\n",
            _times(n, "  A{i}: '${{X{i}}} \\${{Y{i}}} ${{COPILOT_ENVIRONMENT_NAME}} [{i}]'\n"),
            _times(n, "  B{i}: [x]\n"),
            _times(n, "  c-{i}: x\n"),
            "  D: x\n" * n,
            "  ~: x\n" * n,
            f"  E: '{'${X}' * n}'\n  F: \"{'$' + chr(92) + 'x7bX}'}\"\n",
            "secrets:\n",
            _times(n, f"  A{{i}}: {_SECRET}/s{{i}}\n"),
            _times(n, "  S{i}: {{secretsmanager: ''}}\n"),
            f"command: '{'a: b ' * n}'\n",
            f"entrypoint: [{', '.join(f'{chr(34)}x: {i}{chr(34)}' for i in _numbers(n))}]\n",
            "storage:\n  volumes:\n",
            _times(n, "    v{i}: {{path: /p, efs: {{id: fs-{i}, uid: 1, auth: {{iam: x}}}}}}\n"),
            _times(n, "    w{i}: {{path: /p{i}}}\n"),
            "http:\n  path: /\n",
            f"  alias: [{', '.join(f'a{i}.example.com' for i in _numbers(n))}]\n",
            f"  allowed_source_ips: [{', '.join(f'10.0.0.{i}' for i in _numbers(n))}]\n",
            "  additional_rules:\n",
            _times(n, "    - {{path: a{i}, target_port: 9{i}, target_container: x{i}, alias: {{}}}}\n"),
            "nlb:\n  port: 80\n  additional_listeners:\n",
            _times(n, "    - {{port: 80/tcp, target_container: x{i}}}\n"),
            f"logging: {{destination: {{Name: cloudwatch, {', '.join(f'option{i}: v' for i in _numbers(n))}}}}}\n",
            f"publish: {{topics: [{', '.join(f'{{name: t_{i % 3}}}' for i in _numbers(n))}]}}\n",
            "taskdef_overrides:\n",
            _times(
                n,
                "  - {{path: 'ContainerDefinitions[0].Ulimits[-]', value: {{Name: a{i}, softLimit: {i}}}}}\n",
            ),
            _times(n, "  - {{path: 'ContainerDefinitions[{i}].Name', value: 1}}\n"),
            f"network: {{vpc: {{placement: x, security_groups: [{', '.join(f'sg-{i}' for i in _numbers(n))}]}}}}\n",
        )
    )


def environments(n: int) -> Workspace:
    """Many environments, each of which overrides something that there is many times."""
    return _workspace(
        _manifest(
            "x-count: &count {range: 1}\n",
            "sidecars:\n",
            _times(n, "  a{i}: {{image: nginx, port: 0}}\n"),
            "variables:\n",
            _times(n, "  A{i}: '${{COPILOT_ENVIRONMENT_NAME}}'\n"),
            "secrets: {S: /copilot/shop/test/secrets/x}\nenvironments:\n",
            _times(
                n,
                "  e{i}: {{sidecars: {{a{i}: {{port: 0}}, aa{i}: {{port: 1}}}}, variables: {{A{i}: x}}, count: *count}}\n",
            ),
            _times(n, "  f{i}: {{secrets: {{S: /copilot/shop/test/secrets/y}}, count: {{unknown: 1}}}}\n"),
            _times(n, "  g{i}:\n"),
        )
    )


def comments(n: int) -> Workspace:
    """Comments that suppress: used, unused, wrong, at the end of lines and on lines of their own."""
    return _workspace(
        _manifest(
            "# sidecar-lint: ignore-file[SL101, SL602] why\n",
            "variables:\n",
            _times(n, "  a-{i}: x # sidecar-lint: ignore[SL602, SL9{i}] why\n"),
            _times(n, "  b-{i}: x # sidecar-lint: ignore\n"),
            _times(
                n,
                "  # sidecar-lint: ignore[SL101] until=2020-01-01\n  c-{i}: x # sidecar-lint: ignroe[SL602]\n",
            ),
            f"  D: x # sidecar-lint: ignore[{', '.join(f'SL{i}, SL602' for i in _numbers(n))}] why\n",
            f"  E: x {'# sidecar-lint: ignore[SL602] ' * n}\n",
            "# sidecar-lint: ignore[SL101]\n" * n,
            f"  F: {{{', '.join(f'f-{i}: x' for i in _numbers(n))}}} # sidecar-lint: ignore[SL602]\n",
        )
    )


def addons(n: int) -> Workspace:
    """Templates with many parameters, resources and outputs, and many templates."""
    template = "".join((
        _PARAMETERS.replace("}}\n", "}, " + ", ".join(f"P{i}: {{Type: String}}" for i in _numbers(n)) + "}\n"),
        "Resources:\n",
        _times(n, "  R{i}: {{Type: 'AWS::SNS::Topic', Properties: {{A: !Ref P{i}, B: !Sub '${{X{i}}}'}}}}\n"),
        _times(n, "  M{i}:\n    Type: AWS::IAM::ManagedPolicy\n    Properties: {{PolicyDocument: {{Statement: [{{Effect: Allow, Action: 's3:{i}*', Resource: '*'}}]}}}}\n"),
        "  D: {Type: 'AWS::SNS::Topic'}\n" * n,
        "Outputs:\n",
        _times(n, "  O{i}: {{Value: !Ref R{i}}}\n  Q{i}: {{Value: !Ref M{i}}}\n  U{i}: {{Value: !Ref Nothing{i}}}\n"),
        f"  S: {{Value: !Sub '{'${R100}' * n}'}}\n",
        _times(n, "Unknown{i}: {{}}\n"),
    ))  # fmt: skip
    others = {
        f"copilot/api/addons/o{i}.yml": _PARAMETERS + f"Resources: {{R100: {{Type: 'X{i}'}}}}\n"
        for i in _numbers(n)
    }
    return _workspace(
        _manifest("sidecars: {xray: {image: amazon/aws-xray-daemon}}\n"),
        **{
            "copilot/api/addons/a.yml": template,
            "copilot/api/addons/addons.parameters.yml": "Parameters:\n" + _times(n, "  G{i}: x\n"),
            "copilot/api/overrides/cfn.patches.yml": _times(
                n,
                "- {{op: add, path: /Resources/TaskDefinition/Properties/Volumes/-, value: {{Name: x{i}}}}}\n"
                "- {{op: add, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/-, value: {{Name: x{i}}}}}\n"
                "- {{op: replace, path: /Resources/TaskDefinition/Properties/ContainerDefinitions/1/Name, value: x{i}}}\n",
            ),
            **others,
        },
    )


def collectors(n: int) -> Workspace:
    """Collectors with many components, defined and not, used and not, and many collectors."""
    configuration = "".join((
        "receivers:\n",
        _times(n, "  otlp/{i}: {{protocols: {{grpc: {{endpoint: '0.0.0.0:{i}', unknown: 1}}}}}}\n"),
        _times(n, "  otpl/{i}: {{}}\n"),
        "  prometheus:\n    config:\n      scrape_configs:\n",
        _times(n, "        - {{job_name: j, static_configs: [{{targets: ['x{i}']}}], scrape_interval: 1x}}\n"),
        "processors:\n  attributes:\n    actions:\n",
        _times(n, "      - {{key: a, action: upsertt, pattern: '('}}\n"),
        _times(n, "  batch/{i}: {{timeout: 1, send_batch_size: '${{env:X{i}}}'}}\n"),
        "exporters:\n",
        _times(n, "  awsxray/{i}: {{region: x, index_all_attributes: maybe}}\n"),
        "service:\n  pipelines:\n",
        f"    traces: {{receivers: [{', '.join(f'otlp/{i}' for i in _numbers(n))}], exporters: [awsxray/100]}}\n",
        _times(n, "    traces/{i}: {{receivers: [nothing/{i}], processors: [batch/{i}], exporters: [awsxray/{i}]}}\n"),
    ))  # fmt: skip
    text = "".join(f"        {line}\n" for line in configuration.splitlines())
    small = "receivers: {{otlp: {{}}}}\\nexporters: {{awsxray: {{}}}}\\nservice: {{pipelines: {{}}}}\\n"
    return _workspace(
        _manifest(
            "sidecars:\n",
            f"  otel:\n    image: {_COLLECTOR}\n    variables:\n      AOT_CONFIG_CONTENT: |\n{text}",
            _times(
                n,
                f'  o{{i}}: {{{{image: {_COLLECTOR}, variables: {{{{AOT_CONFIG_CONTENT: "{small}"}}}}}}}}\n',
            ),
            f"  parts:\n    image: {_COLLECTOR}\n    command:\n",
            _times(n, "      - --config=env:V{i}\n"),
            "    variables:\n",
            _times(n, "      V{i}: 'exporters: {{}}'\n"),
        )
    )


def secrets(n: int) -> Workspace:
    """An input file of `copilot secret init` with many secrets and environments, used and not."""
    return _workspace(
        _manifest(
            "secrets:\n",
            _times(n, f"  A{{i}}: {_SECRET}/s{{i}}\n"),
            _times(n, f"  B{{i}}: {_SECRET}/missing{{i}}\n"),
            "environments: {test: {count: 1}}\n",
        ),
        **{
            "secrets.yml": "".join(
                (
                    _times(n, "s{i}: {{test: x, env{i}: y}}\n"),
                    _times(n, "unused{i}: {{test: x, tset: y}}\n"),
                    "s100: {test: x}\n" * n,
                    "many:\n",
                    _times(n, "  env{i}: x\n"),
                )
            )
        },
    )


def configuration(n: int) -> Workspace:
    """A configuration with many settings, right and wrong."""
    return _workspace(
        _manifest(),
        **{
            ".sidecar-lint.yml": "".join(
                (
                    _times(n, "unknown{i}: x\n"),
                    f"ignore: [{', '.join(f'SL9{i}, nothing-{i}' for i in _numbers(n))}]\n",
                    f"exclude: [{', '.join(f'x{i}' for i in _numbers(n))}]\n",
                    "rules:\n",
                    _times(n, "  SL9{i}: {{a: 1}}\n"),
                    "per-file-ignores:\n",
                    _times(n, "  'a{i}/**': [SL101, SL9{i}]\n"),
                )
            )
        },
    )


def broken(n: int) -> Workspace:
    """A manifest that is no YAML at its end."""
    return _workspace(
        _manifest("variables:\n", _times(n, "  A{i}: x # sidecar-lint: ignore[SL101]\n"), "]]\n")
    )


WORKSPACES: tuple[Callable[[int], Workspace], ...] = (
    sidecars,
    fields,
    environments,
    comments,
    addons,
    collectors,
    secrets,
    configuration,
    broken,
)

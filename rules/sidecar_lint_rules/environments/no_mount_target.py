from __future__ import annotations

from collections.abc import Iterator

from sidecar_lint import Bad, Deployment, Document, Finding, Rule, Severity, Stage
from sidecar_lint_rules.environments._ties import Tie, joined


class NoMountTarget(Rule):
    """A service has a file system that Copilot makes, and the environment no private subnets.

    The mount targets of the environment's file system stand in its private subnets. Without any there is no
    way to it, from whichever subnet.
    """

    code, name = "SL714", "no-mount-target"
    severity, stage = Severity.ERROR, Stage.TASK
    effect = "tasks cannot mount the file system, and do not start"
    sources = ("templates/environment/partials/efs.yml: MountTarget",)
    good = (
        """
        storage: {volumes: {data: {path: /data, efs: {id: fs-01234567}}}}
        # file: copilot/environments/test/manifest.yml
        network:
          vpc:
            id: vpc-0123456789abcdef0
            subnets:
              public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
        """,
    )
    bad = (
        Bad(
            """
            storage:
              volumes:
                data:
                  path: /data
                  efs: true
            #          ^^^^ SL714
            # file: copilot/environments/test/manifest.yml
            network:
              vpc:
                id: vpc-0123456789abcdef0
                subnets:
                  public: [{id: subnet-0123456789abcdef0}, {id: subnet-0123456789abcdef1}]
            """
        ),
    )
    also_good = (
        """
        storage: {volumes: {data: {path: /data, efs: true}}}
        # file: copilot/environments/test/manifest.yml
        network: {vpc: {cidr: 10.0.0.0/16}}
        """,
    )

    def check_document(self, document: Document) -> Iterator[Finding]:
        yield from joined(self, document, _ties)


def _ties(deployment: Deployment) -> Iterator[Tie]:
    environment = deployment.environment
    vpc = environment.vpc
    if not vpc.is_imported or not vpc.subnets or vpc.private:
        return
    if environment.overrides_template("FileSystem", "MountTarget", "FileSystemId"):
        return
    for volume in deployment.manifest.task_volumes:
        efs = volume.section.get("efs")
        if volume.is_managed and efs is not None:
            message = "the file system has no mount target: the environment has no private subnets"
            related = environment.related(vpc.id, f"what {deployment.name} imports")
            help_ = "import two private subnets of the VPC, or mount a file system of your own by its ID"
            yield Tie(deployment.name, efs, message, help_, related)

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sidecar_lint import (
    Bad,
    Finding,
    Manifest,
    Need,
    Related,
    Rule,
    Severity,
    Stage,
    allowed_elsewhere,
    needs,
)

#: What a policy of the bucket itself may allow as well.
_BY_THE_RESOURCE: Final = ("s3",)


class PermissionForAnotherResource(Rule):
    """The task role may do what is needed, but to another resource than the one that the manifest names.

    A statement of a policy is about what its `Resource` lists: `deliverystream/logs` is another stream than
    `deliverystream/app-logs`, and the region is a part of the ARN, too. What CloudFormation puts in is taken for any
    text, so `!Sub 'arn:aws:firehose:${AWS::Region}:${AWS::AccountId}:deliverystream/${Name}-logs'` is about each
    stream whose name ends in `-logs`; the ARN of a stream, log group or bucket of the addons is known by its name.

    What this rule knows of is the stream, log group or bucket of `logging.destination`, the files that the init
    process of the log router fetches, and the log groups and Prometheus workspaces of a collector's configuration.
    It is silent where a policy, or what it is about, is not known for sure.
    """

    code, name = "SL805", "permission-for-another-resource"
    severity, stage = Severity.WARNING, Stage.TASK
    effect = "AWS denies the calls, and what was to be sent does not arrive"
    sources = (
        "Service Authorization Reference: CloudWatch Logs, Data Firehose, Kinesis Data Streams, Prometheus, S3",
        "IAM user guide: IAM JSON policy elements, Resource",
    )
    good = (
        """
        logging:
          destination:
            Name: firehose
            region: eu-west-1
            delivery_stream: app-logs
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: firehose:PutRecordBatch
                    Resource: !Sub arn:aws:firehose:*:*:deliverystream/${App}-logs
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
        """
        logging:
          destination:
            Name: cloudwatch_logs
            region: eu-west-1
            log_group_name: /app/logs
            log_stream_prefix: a
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Group:
            Type: AWS::Logs::LogGroup
            Properties: {LogGroupName: /app/logs}
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement:
                  Effect: Allow
                  Action: logs:*
                  Resource: !GetAtt Group.Arn
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
    )
    bad = (
        Bad(
            """
            logging:
              destination:
                Name: firehose
            #         ^^^^^^^^ SL805
                region: eu-west-1
                delivery_stream: logs
            # file: copilot/api/addons/logs.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Stream:
                Type: AWS::KinesisFirehose::DeliveryStream
                Properties: {DeliveryStreamName: !Sub '${App}-${Env}-logs'}
              Policy:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Statement:
                      Effect: Allow
                      Action: firehose:*
                      Resource: !GetAtt Stream.Arn
            Outputs:
              PolicyArn: {Value: !Ref Policy}
            """
        ),
        Bad(
            """
            logging:
              destination: {Name: kinesis, region: eu-west-1, stream: logs}
            #                     ^^^^^^^ SL805
            # file: copilot/api/addons/logs.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Policy:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Statement:
                      Effect: Allow
                      Action: kinesis:PutRecords
                      Resource: arn:aws:kinesis:us-east-1:123456789012:stream/logs
            Outputs:
              PolicyArn: {Value: !Ref Policy}
            """
        ),
    )
    also_bad = (
        Bad(
            """
            logging:
              destination: {Name: kinesis, region: eu-west-1, stream: logs}
            #                     ^^^^^^^ SL805
            # file: copilot/api/addons/logs.yml
            Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
            Resources:
              Policy:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument:
                    Statement:
                      Effect: Allow
                      Action: kinesis:PutRecords
                      Resource: !Sub arn:aws:kinesis:us-east-1:${AWS::AccountId}:stream/logs
            Outputs:
              PolicyArn: {Value: !Ref Policy}
            """
        ),
    )
    also_good = (
        """
        logging: {destination: {Name: firehose, region: eu-west-1, delivery_stream: app-logs}}
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: firehose:PutRecordBatch
                    Resource: !Sub 'arn:${AWS::Partition}:firehose:eu-west-1:*:deliverystream/${App}-logs'
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
        """
        logging:
          image: public.ecr.aws/aws-observability/aws-for-fluent-bit:3
          destination:
            Name: cloudwatch_logs
            region: eu-west-1
            log_group_name: /app/rest
            log_group_template: /app/$service
            log_stream_prefix: a
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement: {Effect: Allow, Action: 'logs:*', Resource: 'arn:aws:logs:eu-west-1:*:log-group:/app/api:*'}
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
        """
        logging:
          destination: {Name: kinesis, region: eu-west-1, stream: 'arn:aws:kinesis:eu-west-1:123456789012:stream/logs'}
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement: {Effect: Allow, Action: 'kinesis:*', Resource: 'arn:aws:kinesis:eu-west-1:*:stream/logs'}
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
        """
        logging:
          destination: {Name: s3, region: eu-west-1, bucket: 'arn:aws:s3:::logs', use_put_object: on}
        # file: copilot/api/addons/logs.yml
        Parameters: {App: {Type: String}, Env: {Type: String}, Name: {Type: String}}
        Resources:
          Policy:
            Type: AWS::IAM::ManagedPolicy
            Properties:
              PolicyDocument:
                Statement: {Effect: Allow, Action: 's3:*', Resource: 'arn:aws:s3:::logs/*'}
        Outputs:
          PolicyArn: {Value: !Ref Policy}
        """,
    )

    def check(self, manifest: Manifest) -> Iterator[Finding]:
        for need in needs(manifest) if manifest.workload else ():
            if found := self._found(manifest, need):
                yield found

    def _found(self, manifest: Manifest, need: Need) -> Finding | None:
        statements, target = allowed_elsewhere(manifest, need), need.target
        if not statements or target is None:
            return None
        return self.finding(
            need.node,
            f"the task role has the permissions, but not for {target.name!r}: {need.why}",
            help=f"add `{target.arn}` to the `Resource` of the policy",
            effect=need.effect or self.effect,
            severity=Severity.INFO if target.service in _BY_THE_RESOURCE else None,
            related=tuple(
                Related(each.resources[0].place, "what the policy is about", each.source)
                for each in statements
            ),
        )

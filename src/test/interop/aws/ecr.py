"""AWS's SDK speaks to our fake of ECR, SQS and STS: what it cannot read is a mistake of the fake."""
import json
import sys

import boto3
from botocore.exceptions import ClientError

url, key, secret, account, role, external_id, queue = sys.argv[1:]


def client(service, **credentials):
    login = credentials or {"aws_access_key_id": key, "aws_secret_access_key": secret}
    return boto3.client(service, endpoint_url=url, region_name="eu-central-1", **login)


def refused(call, **request):
    try:
        call(registryId=account, **request)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "taken"


ecr = client("ecr")
found = {"created": ecr.create_repository(registryId=account, repositoryName="sdk/app", imageTagMutability="IMMUTABLE",
                                          tags=[{"Key": "team", "Value": "red"}])["repository"]["repositoryName"],
         "again": refused(ecr.create_repository, repositoryName="sdk/app"),
         "missing": refused(ecr.describe_images, repositoryName="sdk/missing"),
         "repositories": [each["repositoryName"]
                          for page in ecr.get_paginator("describe_repositories").paginate(registryId=account)
                          for each in page["repositories"]],
         "images": sorted(tag for page in ecr.get_paginator("describe_images").paginate(
             registryId=account, repositoryName="seeded/app", filter={"tagStatus": "TAGGED"})
             for image in page["imageDetails"] for tag in image["imageTags"])}
token = ecr.get_authorization_token()["authorizationData"][0]
found["token"] = bool(token["authorizationToken"]) and token["expiresAt"].year > 2025
deleted = ecr.batch_delete_image(registryId=account, repositoryName="seeded/app",
                                 imageIds=[{"imageTag": "v0"}, {"imageTag": "nothing"}])
found["failures"] = [failure["failureCode"] for failure in deleted["failures"]]
sqs = client("sqs")
messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)["Messages"]
found["events"] = sorted({json.loads(message["Body"])["detail"]["action-type"] for message in messages})
sqs.delete_message_batch(QueueUrl=queue, Entries=[{"Id": str(i), "ReceiptHandle": message["ReceiptHandle"]}
                                                  for i, message in enumerate(messages)])
assumed = client("sts").assume_role(RoleArn=role, RoleSessionName="sdk", ExternalId=external_id)["Credentials"]
found["assumed"] = bool(client("ecr", aws_access_key_id=assumed["AccessKeyId"],
                               aws_secret_access_key=assumed["SecretAccessKey"],
                               aws_session_token=assumed["SessionToken"]).get_authorization_token())
print(json.dumps(found))

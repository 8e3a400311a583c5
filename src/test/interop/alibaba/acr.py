"""Alibaba's own SDKs speak to the fake of ACR, as the adapter does."""
import sys

from alibabacloud_cr20160607.client import Client as PersonalClient
from alibabacloud_cr20160607 import models as personal
from alibabacloud_cr20181201 import models
from alibabacloud_cr20181201.client import Client
from alibabacloud_tea_openapi.models import Config

endpoint, key, secret = sys.argv[1:4]


def config(with_secret=secret):
    return Config(access_key_id=key, access_key_secret=with_secret, endpoint=endpoint, protocol='http',
                  region_id='cn-hangzhou')


client = Client(config())
instance = [each.instance_id for each in
            client.list_instance(models.ListInstanceRequest(page_no=1, page_size=100)).body.instances
            if each.instance_name == 'canary'][0]
token = client.get_authorization_token(models.GetAuthorizationTokenRequest(instance_id=instance)).body
print(bool(token.temp_username), bool(token.authorization_token), int(token.expire_time) > 1_700_000_000_000)
print(client.create_namespace(
    models.CreateNamespaceRequest(instance_id=instance, namespace_name='sdk', auto_create_repo=False,
                                  default_repo_type='PRIVATE')).body.is_success)
print(client.create_repository(
    models.CreateRepositoryRequest(instance_id=instance, repo_namespace_name='sdk', repo_name='app',
                                   repo_type='PRIVATE', summary='s')).body.is_success)
print([each.namespace_name for each in client.list_namespace(
    models.ListNamespaceRequest(instance_id=instance, page_no=1, page_size=100)).body.namespaces])
repositories = client.list_repository(
    models.ListRepositoryRequest(instance_id=instance, repo_namespace_name='team', page_no=1, page_size=100)).body
print([(each.repo_namespace_name, each.repo_name) for each in repositories.repositories])
repository = client.get_repository(
    models.GetRepositoryRequest(instance_id=instance, repo_namespace_name='team', repo_name='app')).body.repo_id
print(repository == repositories.repositories[0].repo_id)
for page in 1, 2:
    answer = client.list_repo_tag(
        models.ListRepoTagRequest(instance_id=instance, repo_id=repository, page_no=page, page_size=2)).body
    print(answer.total_count, [each.tag for each in answer.images], all(len(each.digest) == 64 for each in answer.images))
print(client.delete_repo_tag(
    models.DeleteRepoTagRequest(instance_id=instance, repo_id=repository, tag='v1')).body.is_success)
print(client.list_repo_tag(
    models.ListRepoTagRequest(instance_id=instance, repo_id=repository, page_no=1, page_size=100)).body.total_count)
missing = client.get_repository(
    models.GetRepositoryRequest(instance_id=instance, repo_namespace_name='team', repo_name='none')).body
print(missing.is_success, missing.code)
try:
    Client(config('another')).list_instance(models.ListInstanceRequest(page_no=1, page_size=100))
except Exception as ex:
    print(ex.code)

# The SDK of the personal edition reads no bodies: what it asks is what counts.
old = PersonalClient(config())
old.get_authorization_token()
old.get_repo_list(personal.GetRepoListRequest(page=1, page_size=100))
old.get_repo_list_by_namespace('team', personal.GetRepoListByNamespaceRequest(page=1, page_size=100))
old.get_namespace('team')
old.get_repo('team', 'app')
old.get_repo_tags('team', 'app', personal.GetRepoTagsRequest(page=1, page_size=100))
old.delete_image('team', 'app', 'v3')
print('personal')

"""Huawei's own SDK speaks to the fake of SWR, as the adapter does."""
import base64
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkswr import v2 as swr

endpoint, key, secret = sys.argv[1:4]


def client(with_secret=secret):
    return swr.SwrClient.new_builder().with_credentials(
        BasicCredentials(key, with_secret, 'project')).with_endpoints(['http://' + endpoint]).build()


login = client().create_secret(swr.CreateSecretRequest(projectname='cn-north-4')).auths
print([base64.b64decode(each.auth).decode().split(':')[0] for each in login.values()])
client().create_namespace(swr.CreateNamespaceRequest(body=swr.CreateNamespaceRequestBody(namespace='sdk')))
client().create_repo(swr.CreateRepoRequest(namespace='sdk', body=swr.CreateRepoRequestBody(
    repository='deep/app', is_public=False, category='other')))
print([each.name for each in client().list_namespaces(swr.ListNamespacesRequest(filter='namespace::sdk')).namespaces])
marker = None
for page in 1, 2:
    answer = client().list_repo_details(swr.ListRepoDetailsRequest(limit=2, marker=marker))
    print([(each.namespace_name, each.name) for each in answer.repos])
    marker = answer.next_marker
print(client().show_repository(swr.ShowRepositoryRequest(namespace='sdk', repository='deep$app')).status_code)
marker = None
for page in 1, 2:
    answer = client().list_repository_tag(
        swr.ListRepositoryTagRequest(namespace='team', repository='deep$app', limit=2, marker=marker))
    print(answer.has_more, [each.tag for each in answer.tags], all(each.digest.startswith('sha256:') for each in answer.tags))
    marker = answer.next_marker
client().delete_repo_tag(swr.DeleteRepoTagRequest(namespace='team', repository='deep$app', tag='v1'))
print([each.tag for each in client().list_repository_tag(
    swr.ListRepositoryTagRequest(namespace='team', repository='deep$app', limit=1000)).tags])
try:
    client().show_repository(swr.ShowRepositoryRequest(namespace='team', repository='none'))
except ClientRequestException as ex:
    print(ex.status_code, ex.error_code)
try:
    client('another').list_namespaces(swr.ListNamespacesRequest())
except ClientRequestException as ex:
    print(ex.status_code, ex.error_code)

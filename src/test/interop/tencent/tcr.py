"""Tencent's own SDK speaks to the fake of TCR, as the adapter does."""
import json
import sys

from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.tcr.v20190924 import models, tcr_client

endpoint, key, secret = sys.argv[1:4]


def client(with_secret):
    profile = ClientProfile(httpProfile=HttpProfile(protocol='http', endpoint=endpoint))
    return tcr_client.TcrClient(credential.Credential(key, with_secret), 'ap-shanghai', profile)


def ask(action, with_secret=secret, **parameters):
    request = getattr(models, action + 'Request')()
    request.from_json_string(json.dumps(parameters))
    try:
        return json.loads(getattr(client(with_secret), action)(request).to_json_string())
    except TencentCloudSDKException as ex:
        return ex.get_code()


instance = [each['RegistryId'] for each in ask('DescribeInstances', AllRegion=True, Limit=100)['Registries']
            if each['PublicDomain'] == sys.argv[4]][0]
token = ask('CreateInstanceToken', RegistryId=instance, TokenType='temp')
print(bool(token['Username']), bool(token['Token']), token['ExpTime'] > 1_700_000_000_000)
print(ask('CreateNamespace', RegistryId=instance, NamespaceName='sdk', IsPublic=False).keys() == {'RequestId'})
print(ask('CreateNamespace', RegistryId=instance, NamespaceName='sdk', IsPublic=False))
print(ask('CreateRepository', RegistryId=instance, NamespaceName='sdk', RepositoryName='app').keys() == {'RequestId'})
print([each['Name'] for each in ask('DescribeNamespaces', RegistryId=instance, Limit=100, Offset=1)['NamespaceList']])
print([each['Name'] for each in
       ask('DescribeRepositories', RegistryId=instance, Limit=100, Offset=1)['RepositoryList']])
tags = {'RegistryId': instance, 'NamespaceName': 'team', 'RepositoryName': 'app'}
for page in 1, 2:
    answer = ask('DescribeImages', **tags, Limit=2, Offset=page)
    print(answer['TotalCount'], [each['ImageVersion'] for each in answer['ImageInfoList']],
          all(each['Digest'].startswith('sha256:') for each in answer['ImageInfoList']))
print(ask('DeleteRepositoryTags', **tags, Tags=['v1']).keys() == {'RequestId'})
print([each['ImageVersion'] for each in ask('DescribeImages', **tags, Limit=100, Offset=1)['ImageInfoList']])
print(ask('DescribeImages', RegistryId=instance, NamespaceName='team', RepositoryName='none', Offset=1))
print(ask('DescribeNamespaces', with_secret='another', RegistryId=instance, Limit=100, Offset=1))

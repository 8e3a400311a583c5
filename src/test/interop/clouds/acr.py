"""Microsoft's SDKs speak to our fakes of Entra and ACR: what they cannot read is a mistake of the fakes."""
import json
import sys

from azure.containerregistry import ContainerRegistryClient
from azure.core.exceptions import HttpResponseError
from azure.identity import ClientSecretCredential

registry, entra, tenant, client, secret, authority, repository = sys.argv[1:]
login = ClientSecretCredential(tenant, client, secret, authority=entra, disable_instance_discovery=True,
                               connection_verify=authority)
acr = ContainerRegistryClient(registry, login, audience="https://containerregistry.azure.net",
                              connection_verify=authority)
tags = {tag.name: tag for tag in acr.list_tag_properties(repository)}
found = {"repositories": list(acr.list_repository_names()),
         "tags": sorted(tags),
         "digests": len({tag.digest for tag in tags.values()}),
         "dated": all(tag.last_updated_on.year > 2025 for tag in tags.values()),
         "shut": [name for name, tag in sorted(tags.items()) if not tag.can_write]}
acr.delete_tag(repository, "v0")
found["left"] = sorted(tag.name for tag in acr.list_tag_properties(repository))
try:
    acr.delete_tag(repository, found["shut"][0])
except HttpResponseError as error:
    found["refused"] = error.status_code
print(json.dumps(found))

"""Google's SDK logs in at our fakes of its token endpoint and STS: what it cannot read is a mistake of the fakes."""
import json
import sys

import requests
from google.auth import identity_pool
from google.auth.transport.requests import Request
from google.oauth2 import service_account

key, federation, authority = (open(name).read() if name.endswith(".json") else name for name in sys.argv[1:])
scopes = ["https://www.googleapis.com/auth/cloud-platform"]
session = requests.Session()
session.verify, session.trust_env = authority, False
found = {}
for name, login in {"key": service_account.Credentials.from_service_account_info(json.loads(key), scopes=scopes),
                    "federation": identity_pool.Credentials.from_info(json.loads(federation), scopes=scopes)}.items():
    login.refresh(Request(session))
    found[name] = login.valid and login.token
print(json.dumps(found))

#!/bin/sh
# Creates, reads and deletes a client with plain REST requests, which is what every client library sends.
#
#   sh examples/from-other-clients/create-client.sh    with `npx hydra-sdk mock` running
#
# To use your own server, set HYDRA_ADMIN_URL, or ORY_SDK_URL and ORY_API_KEY. Without ORY_SDK_URL, no key is sent.
set -eu
admin=${ORY_SDK_URL:-${HYDRA_ADMIN_URL:-http://127.0.0.1:4445}}
admin=${admin%/}
key=${ORY_SDK_URL:+${ORY_API_KEY:?is required with ORY_SDK_URL}}

# -f makes curl fail on an error response; without it, a 409 looks like a success.
# The key is passed on standard input, because every process of this machine can read the arguments.
call() {
  printf '%s' "${key:+header = \"Authorization: Bearer $key\"}" | curl -fsS --max-time 10 -K - "$@"
}

client=$(call -X POST "$admin/admin/clients" -H 'Content-Type: application/json' -d '{
  "client_name": "Nightly report",
  "grant_types": ["client_credentials"],
  "token_endpoint_auth_method": "client_secret_basic"
}')
id=$(printf '%s' "$client" | sed -n 's/.*"client_id":"\([^"]*\)".*/\1/p')
trap 'call -X DELETE "$admin/admin/clients/${id:?}" && echo "deleted it"' EXIT
trap 'exit 1' HUP INT TERM
echo "created $id"

call "$admin/admin/clients/$id" | grep -o '"client_name":"[^"]*"'

#!/bin/sh
# Creates a client by REST, reads it and deletes it again: what every other way below comes down to.
#
#   sh examples/from-other-clients/create-client.sh    with `npx hydra-sdk-mock` running, or with HYDRA_ADMIN_URL set
#
# On Ory Network HYDRA_ADMIN_URL is the project's URL, and ORY_API_KEY goes along.
set -eu
admin=${HYDRA_ADMIN_URL:-http://127.0.0.1:4445}

# -f makes a refusal an error of curl's; without it a 409 looks like a success.
# The key comes by standard input: among the arguments every process of this machine could read it.
call() {
  printf '%s' "${ORY_API_KEY:+header = \"Authorization: Bearer $ORY_API_KEY\"}" | curl -fsS --max-time 10 -K - "$@"
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

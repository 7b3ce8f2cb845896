#!/usr/bin/env sh
# Removes from a workspace that is not ours all that the deployment put into it. Nothing is done for a workspace of ours: it goes
# with its group. CIPHERWATCH_KEEP_TABLES=true keeps the two tables and what is in them.
set -eu
here=$(dirname "$0")
workspace=${CIPHERWATCH_WORKSPACE_RESOURCE_ID:-}
if [ -z "$workspace" ]; then
  exit 0
fi
if ! command -v az > /dev/null; then
  echo "Install the Azure CLI (az) and sign in: it removes what was put into $workspace." >&2
  exit 1
fi

failed=0
remove() {
  echo "Removing $1"
  # 404 is success: a second run finds nothing left.
  if ! answer=$(az rest --method delete --url "$1?api-version=$2" 2>&1); then
    case $answer in
      *NotFound* | *"Not Found"*) ;;
      *) echo "$answer" >&2; failed=1 ;;
    esac
  fi
}

while read -r version path; do
  case $path in
    /tables/*) [ "${CIPHERWATCH_KEEP_TABLES:-false}" = true ] && continue ;;
  esac
  remove "$workspace$path" "$version"
done < "$here/workspace-resources.txt"

if [ -n "${CIPHERWATCH_WORKBOOK_ID:-}" ]; then
  remove "$CIPHERWATCH_WORKBOOK_ID" 2023-06-01
fi
if [ "$failed" -ne 0 ]; then
  echo "Something could not be removed from $workspace; docs/deploy.md lists all of it." >&2
  exit 1
fi

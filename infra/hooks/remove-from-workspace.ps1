# Removes from a workspace that is not ours all that the deployment put into it. Nothing is done for a workspace of ours: it goes
# with its group. CIPHERWATCH_KEEP_TABLES=true keeps the two tables and what is in them.
$ErrorActionPreference = 'Stop'
$workspace = $env:CIPHERWATCH_WORKSPACE_RESOURCE_ID
if (-not $workspace) { exit 0 }
if (-not (Get-Command az -ErrorAction SilentlyContinue)) {
  Write-Error "Install the Azure CLI (az) and sign in: it removes what was put into $workspace."
}

$failed = $false
function Remove-One([string] $id, [string] $version) {
  Write-Host "Removing $id"
  $answer = az rest --method delete --url "${id}?api-version=$version" 2>&1 | Out-String
  # 404 is success: a second run finds nothing left.
  if ($LASTEXITCODE -ne 0 -and $answer -notmatch 'Not ?Found') {
    Write-Warning $answer
    $script:failed = $true
  }
}

foreach ($line in Get-Content (Join-Path $PSScriptRoot 'workspace-resources.txt')) {
  $version, $path = $line -split ' ', 2
  if (-not $path) { continue }
  if ($path.StartsWith('/tables/') -and $env:CIPHERWATCH_KEEP_TABLES -eq 'true') { continue }
  Remove-One "$workspace$path" $version
}
if ($env:CIPHERWATCH_WORKBOOK_ID) { Remove-One $env:CIPHERWATCH_WORKBOOK_ID '2023-06-01' }
if ($failed) { Write-Error "Something could not be removed from $workspace; docs/deploy.md lists all of it." }

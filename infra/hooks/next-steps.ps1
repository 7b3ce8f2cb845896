# Says how to feed what was just created. Collection rules do nothing until machines are associated with them.
$ErrorActionPreference = 'Stop'
Write-Host @"

Associate machines with the collection rules, one by one:

  az monitor data-collection rule association create --name cipherwatch ``
    --resource MACHINE_RESOURCE_ID --rule-id $env:CIPHERWATCH_WINDOWS_RULE_ID

  az monitor data-collection rule association create --name cipherwatch ``
    --resource MACHINE_RESOURCE_ID --rule-id $env:CIPHERWATCH_LINUX_RULE_ID

or all of a scope by the built-in policies "Configure Windows Machines to be associated with a Data Collection Rule"
and "Configure Linux Machines to be associated with a Data Collection Rule".

Shippers and flow exporters send to $env:CIPHERWATCH_HUB_NAMESPACE, signed in as an identity that is listed in senders
(infra/main.parameters.json). docs/deploy.md has the hubs.
"@

# Makes the packaged app use the Durable Task Scheduler, which is what infra/main.bicep creates for it.
$ErrorActionPreference = 'Stop'
azd env set DurableTaskScheduler true

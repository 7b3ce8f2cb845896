#!/usr/bin/env sh
# Makes the packaged app use the Durable Task Scheduler, which is what infra/main.bicep creates for it.
set -eu
azd env set DurableTaskScheduler true

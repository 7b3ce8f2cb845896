metadata description = 'The Durable Task Scheduler that drives entities and orchestrations, and its task hub.'

import { diagnosticsTarget, tagSet } from 'types.bicep'

@description('Name of the scheduler.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags tagSet

@description('Name of the task hub.')
param taskHub string

@description('Consumption: about 250 entity calls a second, no high availability. Dedicated: about 1,000 a second and unit.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('Units of the Dedicated plan; three for high availability. Unused on Consumption.')
@minValue(1)
@maxValue(3)
param units int

@description('Days that finished orchestrations are kept, and failed ones longer, for a person to look at.')
@minValue(1)
param historyDays int

@description('Whether the scheduler is reached through a private endpoint only.')
param privateNetwork bool

@description('Where the scheduler writes its own logs.')
param diagnostics diagnosticsTarget

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // Every address, and then only whoever holds a role on the task hub; with a private network the endpoint is closed besides.
    ipAllowlist: ['0.0.0.0/0']
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    sku: sku == 'Dedicated' ? { name: sku, capacity: units } : { name: sku }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2026-02-01' = {
  parent: scheduler
  name: taskHub
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2026-02-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      {
        orchestrationState: 'Completed'
        retentionPeriodInDays: historyDays
      }
      {
        orchestrationState: 'Failed'
        retentionPeriodInDays: historyDays * 4
      }
      {
        orchestrationState: 'Terminated'
        retentionPeriodInDays: historyDays * 4
      }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: scheduler
  name: 'cipherwatch'
  properties: {
    workspaceId: diagnostics.workspaceId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('Endpoint of the scheduler.')
output endpoint string = scheduler.properties.endpoint

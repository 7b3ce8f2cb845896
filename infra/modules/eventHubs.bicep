metadata description = 'A namespace of event hubs, with one hub a family of sources and one consumer group on each.'

import { diagnosticsTarget, hub, tagSet } from 'types.bicep'

@description('Name of the namespace.')
param name string

@description('Region. Data export needs the region of the workspace.')
param location string

@description('Tags.')
param tags tagSet

@description('Event hubs to create.')
param hubs hub[]

@description('Consumer group of the app, on every hub.')
param consumerGroup string

@description('Partitions of every hub: readers that can work at once. Cannot be changed later on the Standard tier.')
@minValue(1)
@maxValue(32)
param partitions int

@description('Throughput units to start with: 1 MB/s or 1,000 events/s in, each.')
@minValue(1)
@maxValue(40)
param throughputUnits int

@description('Throughput units that the namespace may grow to: the cap on what it costs.')
@minValue(1)
@maxValue(40)
param maximumThroughputUnits int

@description('Whether keys can be used. True only for data export, which streams by a shared access policy of its own.')
param localAuthentication bool

@description('Whether the public endpoint is closed to all but trusted Azure services and private endpoints.')
param privateNetwork bool

@description('Whether trusted Azure services pass the firewall. Data export needs it.')
param trustedServices bool

@description('Where the namespace writes its own logs.')
param diagnostics diagnosticsTarget

resource namespace 'Microsoft.EventHub/namespaces@2026-01-01' = {
  name: name
  location: location
  tags: tags
  sku: {
    name: 'Standard'
    tier: 'Standard'
    capacity: throughputUnits
  }
  properties: {
    disableLocalAuth: !localAuthentication
    isAutoInflateEnabled: maximumThroughputUnits > throughputUnits
    maximumThroughputUnits: maximumThroughputUnits > throughputUnits ? maximumThroughputUnits : 0
    minimumTlsVersion: '1.2'
    publicNetworkAccess: privateNetwork && !trustedServices ? 'Disabled' : 'Enabled'
  }
}

// Through the public endpoint pass only trusted services, and only where data export needs them.
resource network 'Microsoft.EventHub/namespaces/networkRuleSets@2026-01-01' = if (privateNetwork) {
  parent: namespace
  name: 'default'
  properties: {
    defaultAction: 'Deny'
    publicNetworkAccess: trustedServices ? 'Enabled' : 'Disabled'
    trustedServiceAccessEnabled: trustedServices
  }
}

@batchSize(1)
resource eventHubs 'Microsoft.EventHub/namespaces/eventhubs@2026-01-01' = [
  for each in hubs: {
    parent: namespace
    name: each.name
    properties: {
      partitionCount: partitions
      retentionDescription: {
        cleanupPolicy: 'Delete'
        retentionTimeInHours: each.retentionHours
      }
    }
  }
]

@batchSize(1)
resource groups 'Microsoft.EventHub/namespaces/eventhubs/consumergroups@2026-01-01' = [
  for (each, index) in hubs: {
    parent: eventHubs[index]
    name: consumerGroup
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: namespace
  name: 'cipherwatch'
  properties: {
    workspaceId: diagnostics.workspaceId
    logs: [
      {
        categoryGroup: diagnostics.verbose ? 'allLogs' : 'audit'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('Host name of the namespace, for clients that sign in by identity.')
output fullyQualifiedNamespace string = split(replace(namespace.properties.serviceBusEndpoint, 'https://', ''), ':')[0]

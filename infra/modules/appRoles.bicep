metadata description = 'Every role that the app\'s identity holds, each at the narrowest scope there is.'

@description('Name of the app\'s identity.')
param identityName string

@description('Name of the host\'s storage account.')
param hostStorageName string

@description('Name of the storage account of detections, dead letters and settings.')
param dataStorageName string

@description('Containers of the data account that the app writes.')
param containers string[]

@description('Tables of the data account that the app writes.')
param tables string[]

@description('Name of the shippers\' namespace.')
param namespaceName string

@description('Hubs of the shippers\' namespace.')
param hubs string[]

@description('Name of the namespace of data export. Empty for none.')
param exportNamespaceName string

@description('Hubs of the namespace of data export.')
param exportHubs string[]

@description('Name of the scheduler.')
param schedulerName string

@description('Name of its task hub.')
param taskHub string

@description('Name of the collection rule of detections.')
param detectionRuleName string

@description('Name of the Application Insights component.')
param insightsName string

var roles = {
  blobOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  tableContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  eventReceiver: 'a638d3c7-ab3a-418d-83e6-5f17a39d4fde'
  metricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb'
  durableContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: hostStorageName
}

resource dataStorage 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: dataStorageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource container 'containers' existing = [for each in containers: { name: each }]
  }

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = [for each in tables: { name: each }]
  }
}

resource namespace 'Microsoft.EventHub/namespaces@2026-01-01' existing = {
  name: namespaceName

  resource hub 'eventhubs' existing = [for each in hubs: { name: each }]
}

resource exportNamespace 'Microsoft.EventHub/namespaces@2026-01-01' existing = {
  name: empty(exportNamespaceName) ? namespaceName : exportNamespaceName

  resource hub 'eventhubs' existing = [for each in exportHubs: { name: each }]
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = {
  name: schedulerName

  resource hub 'taskHubs' existing = {
    name: taskHub
  }
}

resource detectionRule 'Microsoft.Insights/dataCollectionRules@2024-03-11' existing = {
  name: detectionRuleName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// The host's own storage: leases and checkpoints of the triggers, keys of the functions, the app package.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: hostStorage
  name: guid(hostStorage.id, identity.id, roles.blobOwner)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobOwner)
  }
}

resource dataBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, index) in containers: {
    scope: dataStorage::blobs::container[index]
    name: guid(dataStorage::blobs::container[index].id, identity.id, roles.blobContributor)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobContributor)
    }
  }
]

resource dataTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, index) in tables: {
    scope: dataStorage::tableService::table[index]
    name: guid(dataStorage::tableService::table[index].id, identity.id, roles.tableContributor)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableContributor)
    }
  }
]

resource receive 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, index) in hubs: {
    scope: namespace::hub[index]
    name: guid(namespace::hub[index].id, identity.id, roles.eventReceiver)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventReceiver)
    }
  }
]

resource receiveExports 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, index) in exportHubs: {
    scope: exportNamespace::hub[index]
    name: guid(exportNamespace::hub[index].id, identity.id, roles.eventReceiver)
    properties: {
      principalId: identity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventReceiver)
    }
  }
]

resource durable 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: scheduler::hub
  name: guid(scheduler::hub.id, identity.id, roles.durableContributor)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableContributor)
  }
}

resource ingest 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: detectionRule
  name: guid(detectionRule.id, identity.id, roles.metricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

resource telemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.id, roles.metricsPublisher)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.metricsPublisher)
  }
}

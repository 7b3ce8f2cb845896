metadata description = 'Roles of others: who may send telemetry, and who may read detections and dead letters in storage.'

import { sender } from 'types.bicep'

@description('Name of the shippers\' namespace.')
param namespaceName string

@description('Name of the storage account of detections, dead letters and settings.')
param dataStorageName string

@description('Who may send to which hub.')
param senders sender[]

@description('Object ids of the groups that may read detections and dead letters in storage.')
param readerGroupIds string[]

var roles = {
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  tableReader: '76199698-9eea-4c19-bc75-cec21354c6b6'
  eventSender: '2b629674-e913-4c01-ae53-ef4638d8f975'
}

resource namespace 'Microsoft.EventHub/namespaces@2026-01-01' existing = {
  name: namespaceName
}

resource dataStorage 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: dataStorageName
}

resource senderHub 'Microsoft.EventHub/namespaces/eventhubs@2026-01-01' existing = [
  for each in senders: {
    parent: namespace
    name: each.hub
  }
]

resource send 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, index) in senders: {
    scope: senderHub[index]
    name: guid(senderHub[index].id, each.principalId, roles.eventSender)
    properties: {
      principalId: each.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.eventSender)
    }
  }
]

resource readBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in readerGroupIds: {
    scope: dataStorage
    name: guid(dataStorage.id, each, roles.blobReader)
    properties: {
      principalId: each
      principalType: 'Group'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.blobReader)
    }
  }
]

resource readTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in readerGroupIds: {
    scope: dataStorage
    name: guid(dataStorage.id, each, roles.tableReader)
    properties: {
      principalId: each
      principalType: 'Group'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.tableReader)
    }
  }
]

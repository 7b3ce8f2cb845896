metadata description = 'What puts a deployment behind private endpoints: network, DNS zones, private link scope, endpoints.'

import { tagSet } from 'types.bicep'

@description('Region.')
param location string

@description('Tags.')
param tags tagSet

@description('Names of what the endpoints lead to, and of what is made here.')
param names nameSet

@description('Address space of the network.')
param addressPrefix string

@description('Names of what the endpoints lead to, and of what is made here.')
type nameSet = {
  @description('Data collection endpoint that takes detections in.')
  collectionEndpoint: string

  @description('Storage account of detections and dead letters.')
  dataStorage: string

  @description('End of the names of the private endpoints.')
  endpointSuffix: string

  @description('Namespace of data export; empty for none.')
  exportNamespace: string

  @description('Storage account of the host.')
  hostStorage: string

  @description('Application Insights component.')
  insights: string

  @description('Shippers\' namespace.')
  namespace: string

  @description('Virtual network.')
  network: string

  @description('Private link scope of Azure Monitor.')
  privateLinkScope: string

  @description('Durable Task Scheduler.')
  scheduler: string

  @description('Workspace of ours; empty for an existing one.')
  workspace: string
}

var abbreviations = loadJsonContent('../abbreviations.json')
var zones = {
  agents: 'privatelink.agentsvc.azure-automation.net'
  app: 'privatelink.azurewebsites.net'
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  ingestion: 'privatelink.ods.opinsights.azure.com'
  monitor: 'privatelink.monitor.azure.com'
  operations: 'privatelink.oms.opinsights.azure.com'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  scheduler: 'privatelink.durabletask.io'
  serviceBus: 'privatelink.servicebus.windows.net'
  table: 'privatelink.table.${environment().suffixes.storage}'
}
var hostStorageId = resourceId('Microsoft.Storage/storageAccounts', names.hostStorage)
var dataStorageId = resourceId('Microsoft.Storage/storageAccounts', names.dataStorage)
var endpoints = concat(
  [
    { name: 'host-blob', target: hostStorageId, groupId: 'blob', zones: [zones.blob] }
    { name: 'host-queue', target: hostStorageId, groupId: 'queue', zones: [zones.queue] }
    { name: 'host-table', target: hostStorageId, groupId: 'table', zones: [zones.table] }
    { name: 'data-blob', target: dataStorageId, groupId: 'blob', zones: [zones.blob] }
    { name: 'data-table', target: dataStorageId, groupId: 'table', zones: [zones.table] }
    {
      name: 'hubs'
      target: resourceId('Microsoft.EventHub/namespaces', names.namespace)
      groupId: 'namespace'
      zones: [zones.serviceBus]
    }
    {
      name: 'scheduler'
      target: resourceId('Microsoft.DurableTask/schedulers', names.scheduler)
      groupId: 'scheduler'
      zones: [zones.scheduler]
    }
    {
      name: 'monitor'
      target: resourceId('Microsoft.Insights/privateLinkScopes', names.privateLinkScope)
      groupId: 'azuremonitor'
      zones: [zones.monitor, zones.operations, zones.ingestion, zones.agents, zones.blob]
    }
  ],
  empty(names.exportNamespace)
    ? []
    : [
        {
          name: 'export-hubs'
          target: resourceId('Microsoft.EventHub/namespaces', names.exportNamespace)
          groupId: 'namespace'
          zones: [zones.serviceBus]
        }
      ]
)

module network 'network.bicep' = {
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: addressPrefix
  }
}

module privateLinkScope 'privateLinkScope.bicep' = {
  params: {
    name: names.privateLinkScope
    tags: tags
    collectionEndpointName: names.collectionEndpoint
    insightsName: names.insights
    workspaceName: names.workspace
  }
}

module dnsZones 'dnsZones.bicep' = {
  params: {
    tags: tags
    networkId: network.outputs.networkId
    zones: map(items(zones), each => each.value)
  }
}

@batchSize(1)
module privateEndpoints 'privateEndpoint.bicep' = [
  for each in endpoints: {
    params: {
      name: '${abbreviations.privateEndpoint}${each.name}-${names.endpointSuffix}'
      location: location
      tags: tags
      subnetId: network.outputs.endpointSubnetId
      targetId: each.target
      groupId: each.groupId
      zones: each.zones
    }
    dependsOn: [dnsZones, privateLinkScope]
  }
]

@description('Resource id of the subnet that the app goes out from.')
output appSubnetId string = network.outputs.appSubnetId

@description('Resource id of the subnet of private endpoints.')
output endpointSubnetId string = network.outputs.endpointSubnetId

@description('Name of the DNS zone that leads to the app.')
output appZone string = zones.app

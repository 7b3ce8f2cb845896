metadata description = 'The collection rule that takes detections in: no key, and no endpoint of its own unless the network is private.'

import { tagSet } from 'types.bicep'

@description('Name of the rule.')
param name string

@description('Region: the workspace\'s.')
param location string

@description('Tags.')
param tags tagSet

@description('Name of the workspace.')
param workspaceName string

@description('Subscription of the workspace.')
param workspaceSubscription string

@description('Resource group of the workspace.')
param workspaceGroup string

@description('Name of the data collection endpoint. Empty for none: a rule of kind Direct has endpoints of its own.')
param endpointName string

var detections = loadJsonContent('../detections.columns.json')

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
}

// A collection rule is refused where its table is not there; naming the table here says which one is meant.
resource table 'Microsoft.OperationalInsights/workspaces/tables@2026-03-01' existing = {
  parent: workspace
  name: detections.table
}

// Without private link the rule's own endpoint is enough; with it, ingestion goes through an endpoint in the private link scope.
resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' = if (!empty(endpointName)) {
  name: empty(endpointName) ? 'none' : endpointName
  location: location
  tags: tags
  properties: {
    networkAcls: {
      publicNetworkAccess: 'Disabled'
    }
  }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: name
  location: location
  tags: tags
  kind: 'Direct'
  properties: {
    description: 'Detections of CipherWatch'
    dataCollectionEndpointId: empty(endpointName) ? null : endpoint.id
    streamDeclarations: {
      '${detections.stream}': {
        columns: map(detections.columns, column => {
          name: column.name
          type: column.type
        })
      }
    }
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspace.id
        }
      ]
    }
    dataFlows: [
      {
        streams: [detections.stream]
        destinations: ['workspace']
        transformKql: 'source'
        outputStream: 'Custom-${table.name}'
      }
    ]
  }
}

@description('Immutable id of the rule.')
output immutableId string = rule.properties.immutableId

@description('Where to send detections.')
output ingestionEndpoint string = empty(endpointName)
  ? rule.properties.endpoints.logsIngestion
  : endpoint!.properties.logsIngestion.endpoint

@description('Stream to send them as.')
output stream string = detections.stream

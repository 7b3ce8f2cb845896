metadata description = 'The private link scope of Azure Monitor: detections and the app\'s telemetry go in through it.'

import { tagSet } from 'types.bicep'

@description('Name of the scope.')
param name string

@description('Tags.')
param tags tagSet

@description('Name of the data collection endpoint that takes detections in.')
param collectionEndpointName string

@description('Name of the Application Insights component.')
param insightsName string

@description('Name of a workspace of ours. Empty for an existing one: its network is its owner\'s.')
param workspaceName string

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2024-03-11' existing = {
  name: collectionEndpointName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = if (!empty(workspaceName)) {
  name: empty(workspaceName) ? 'none' : workspaceName
}

// Open: what the scope does not hold stays reachable from the network, an existing workspace above all.
resource privateScope 'Microsoft.Insights/privateLinkScopes@2023-06-01-preview' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    accessModeSettings: {
      ingestionAccessMode: 'Open'
      queryAccessMode: 'Open'
    }
  }
}

resource scopedEndpoint 'Microsoft.Insights/privateLinkScopes/scopedResources@2023-06-01-preview' = {
  parent: privateScope
  name: 'detections'
  properties: {
    linkedResourceId: endpoint.id
  }
}

resource scopedInsights 'Microsoft.Insights/privateLinkScopes/scopedResources@2023-06-01-preview' = {
  parent: privateScope
  name: 'insights'
  properties: {
    linkedResourceId: insights.id
  }
  dependsOn: [scopedEndpoint]
}

resource scopedWorkspace 'Microsoft.Insights/privateLinkScopes/scopedResources@2023-06-01-preview' = if (!empty(workspaceName)) {
  parent: privateScope
  name: 'workspace'
  properties: {
    linkedResourceId: workspace.id
  }
  dependsOn: [scopedInsights]
}

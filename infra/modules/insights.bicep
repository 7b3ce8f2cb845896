metadata description = 'Application Insights over the workspace, without keys.'

import { tagSet } from 'types.bicep'

@description('Name of the component.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags tagSet

@description('Resource id of the workspace.')
param workspaceId string

@description('Whether telemetry comes through private endpoints only.')
param privateNetwork bool

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspaceId
    publicNetworkAccessForIngestion: privateNetwork ? 'Disabled' : 'Enabled'
    publicNetworkAccessForQuery: 'Enabled'
  }
}

@description('Where telemetry goes; it opens nothing without an identity that holds the role.')
output connectionString string = component.properties.ConnectionString

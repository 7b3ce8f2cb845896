metadata description = 'A workspace of our own, with Microsoft Sentinel on it. Not used where an existing workspace is named.'

import { tagSet } from 'types.bicep'

@description('Name of the workspace.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags tagSet

@description('Days that logs are kept, the first 31 of them without charge.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Cap on ingestion in GB a day; what comes after it is dropped until midnight UTC. -1 for none.')
param dailyQuotaGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    retentionInDays: retentionDays
    sku: {
      name: 'PerGB2018'
    }
    workspaceCapping: {
      dailyQuotaGb: dailyQuotaGb
    }
  }
}

// Who queried what: kept in the workspace itself.
resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: workspace
  name: 'cipherwatch'
  properties: {
    workspaceId: workspace.id
    logs: [
      {
        categoryGroup: 'audit'
        enabled: true
      }
    ]
  }
}

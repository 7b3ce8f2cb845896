metadata description = 'Exports tables of the workspace to event hubs: how what the Azure Monitor Agent collects reaches the app.'

@description('Name of the workspace.')
param workspaceName string

@description('Resource id of the event hub namespace, in the region of the workspace.')
param namespaceId string

@description('One rule a hub: its name, the hub, and the tables that go there, whole.')
param exports exportRule[]

@description('One export rule. A deployed rule replaces the whole rule.')
type exportRule = {
  @description('Short name, part of the name of the rule.')
  name: string

  @description('Name of the event hub.')
  hub: string

  @description('Tables to export, whole: filtering is done as they are collected.')
  tables: string[]
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

@batchSize(1)
resource rules 'Microsoft.OperationalInsights/workspaces/dataExports@2026-03-01' = [
  for each in exports: {
    parent: workspace
    name: 'cipherwatch-${each.name}'
    properties: {
      enable: true
      tableNames: each.tables
      destination: {
        resourceId: namespaceId
        // Without a name the service makes hubs of its own, one a table.
        metaData: {
          eventHubName: each.hub
        }
      }
    }
  }
]

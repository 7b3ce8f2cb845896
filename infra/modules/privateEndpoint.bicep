metadata description = 'One private endpoint, and its entries in the DNS zones that lead to it.'

import { tagSet } from 'types.bicep'

@description('Name.')
param name string

@description('Region: the network\'s.')
param location string

@description('Tags.')
param tags tagSet

@description('Resource id of the subnet.')
param subnetId string

@description('Resource id of what it leads to.')
param targetId string

@description('Sub-resource of it.')
param groupId string

@description('DNS zones that lead to it.')
param zones string[]

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: {
      id: subnetId
    }
    privateLinkServiceConnections: [
      {
        name: groupId
        properties: {
          privateLinkServiceId: targetId
          groupIds: [groupId]
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' existing = [for each in zones: { name: each }]

resource dns 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      for (each, index) in zones: {
        name: replace(each, '.', '-')
        properties: {
          privateDnsZoneId: zone[index].id
        }
      }
    ]
  }
}

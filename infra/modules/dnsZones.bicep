metadata description = 'DNS zones that lead to private endpoints.'

import { tagSet } from 'types.bicep'

@description('Tags.')
param tags tagSet

@description('Resource id of the network that resolves the zones.')
param networkId string

@description('Names of the zones.')
param zones string[]

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for each in zones: {
    name: each
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (each, index) in zones: {
    parent: zone[index]
    name: 'cipherwatch'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: networkId
      }
    }
  }
]

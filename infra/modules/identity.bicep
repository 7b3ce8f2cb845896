metadata description = 'The one identity that the app signs in with, everywhere.'

import { tagSet } from 'types.bicep'

@description('Name of the identity.')
param name string

@description('Region.')
param location string

@description('Tags.')
param tags tagSet

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Client id: what the app names in its settings.')
output clientId string = identity.properties.clientId

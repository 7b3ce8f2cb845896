metadata description = 'The app on a Flex Consumption plan.'

import { diagnosticsTarget, settingSet, tagSet } from 'types.bicep'

@description('Name of the app.')
param name string

@description('Name of its plan.')
param planName string

@description('Region.')
param location string

@description('Tags of the app; azd finds it by one of them.')
param tags tagSet

@description('Tags of the plan.')
param planTags tagSet

@description('Name of the identity that it runs as.')
param identityName string

@description('Blob endpoint of the host\'s storage.')
param hostBlobEndpoint string

@description('Container of the app package in that storage.')
param packageContainer string

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Instances at most, 40 being the least that the plan takes: the cap on what it costs.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances of the durable functions that are always running.')
@minValue(0)
param alwaysReadyDurable int

@description('Whether the plan spreads over availability zones; it then needs two always-ready instances or more.')
param zoneRedundant bool

@description('Application settings, all of them: each deployment replaces the whole set.')
param settings settingSet

@description('Subnet for outbound traffic. Empty for none.')
param subnetId string

@description('Whether the app is reached through a private endpoint only.')
param privateNetwork bool

@description('Client id of the app registration that callers of the HTTP functions sign in to. Empty: nobody is let in.')
param httpClientId string

@description('Whether requests with a function key pass to the one function that takes telemetry by it.')
param httpKeys bool

@description('Address of the release\'s package, named by version and hash. Empty: azd deploys the checkout.')
param packageUri string

@description('Where the app writes its own logs.')
param diagnostics diagnosticsTarget

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: planTags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    clientAffinityEnabled: false
    httpsOnly: true
    publicNetworkAccess: privateNetwork ? 'Disabled' : 'Enabled'
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${hostBlobEndpoint}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyDurable == 0
          ? []
          : [
              {
                name: 'durable'
                instanceCount: alwaysReadyDurable
              }
            ]
      }
    }
    siteConfig: {
      http20Enabled: true
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
    }
  }
}

resource appSettings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: settings
}

// Closed unless somebody says who may call: without a provider no request carries a token that would pass.
resource authentication 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: {
      enabled: true
    }
    globalValidation: {
      requireAuthentication: true
      unauthenticatedClientAction: 'Return401'
      excludedPaths: httpKeys ? ['/api/keyed/*'] : []
    }
    httpSettings: {
      requireHttps: true
    }
    identityProviders: empty(httpClientId)
      ? {}
      : {
          azureActiveDirectory: {
            enabled: true
            registration: {
              clientId: httpClientId
              openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
            }
            validation: {
              allowedAudiences: [httpClientId, 'api://${httpClientId}']
            }
          }
        }
  }
  dependsOn: [appSettings]
}

resource ftp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

resource release 'Microsoft.Web/sites/extensions@2025-03-01' = if (!empty(packageUri)) {
  parent: app
  name: 'onedeploy'
  // The published type knows the properties of MSDeploy only; One Deploy takes these two.
  #disable-next-line BCP187
  properties: {
    packageUri: packageUri
    remoteBuild: false
  }
  dependsOn: [appSettings]
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'cipherwatch'
  properties: {
    workspaceId: diagnostics.workspaceId
    logs: [
      {
        // The functions' own log goes to Application Insights already.
        category: 'AppServiceAuthenticationLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: diagnostics.verbose
      }
    ]
  }
}

@description('Host name of the app.')
output hostName string = app.properties.defaultHostName

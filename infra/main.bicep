targetScope = 'subscription'

metadata name = 'CipherWatch'
metadata description = 'CipherWatch in Azure: the app, what feeds it, where it keeps state, and its content in Microsoft Sentinel.'

import { sender, settingSet, tagSet } from 'modules/types.bicep'

@description('Name of the azd environment: part of every name, and the tag that azd finds its resources by.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of the app.')
param location string = deployment().location

@description('Resource id of an existing workspace, in any group or subscription. Empty: a new one, with Microsoft Sentinel on it.')
param workspaceResourceId string = ''

@description('Whether the content of Microsoft Sentinel is deployed: parser, rules, hunting queries, workbook, watchlist.')
param deploySentinel bool = true

@description('Whether the rules run as soon as they are deployed.')
param rulesEnabled bool = true

@description('Whether the watchlist of suppressions is written.')
param deployWatchlist bool = true

@description('Whether everything is behind private endpoints and a virtual network.')
param privateNetwork bool = false

@description('Address space of that network.')
param networkPrefix string = '10.73.0.0/24'

@description('Whether tables of the workspace are exported to event hubs: how what the Azure Monitor Agent collects reaches the app.')
param exportWorkspace bool = true

@description('Whether the Linux audit log is collected into a table of its own and exported.')
param collectAudit bool = true

@description('Sysmon events that the agent collects: 1 process start, 3 connection, 5 process end, 7 module load, 8 remote thread, 22 DNS.')
param sysmonEvents int[] = [1, 3, 5, 7, 8, 22]

@description('Syslog facilities that the agent collects. Sysmon for Linux writes to user.')
param syslogFacilities string[] = ['auth', 'authpriv', 'daemon', 'user', 'local0', 'local1', 'local2', 'local3', 'local4']

@description('Identities that may send telemetry to the shippers\' hubs.')
param senders sender[] = []

@description('Object ids of groups that may read detections and dead letters in storage.')
param readerGroupIds string[] = []

@description('Client id of the app registration for callers of the HTTP functions. Empty: nobody is let in.')
param httpClientId string = ''

@description('Whether function keys let telemetry in besides, for shippers that cannot sign in to Microsoft Entra ID.')
param httpKeys bool = false

@description('What becomes of command lines on their way to the tables of detections.')
@allowed(['keep', 'redact', 'leave-out'])
param commandLines string = 'keep'

@description('Whether dead letters keep the bytes of the records. Without them nothing can be replayed.')
@allowed(['keep', 'leave-out'])
param deadLetterBytes string = 'keep'

@description('Detection settings: the https URI of a blob in the settings container. Empty: the shipped settings.')
param settingsUri string = ''

@description('Version of the release to deploy. Empty: azd deploys the checkout.')
param releaseVersion string = ''

@description('SHA-256 of that release\'s package, lower-case hexadecimal.')
param releaseSha256 string = ''

@description('Where releases are published: the package is <source>/cipherwatch-<version>-<sha256>.zip.')
param releaseSource string = ''

@description('Partitions of every hub. Cannot be changed later.')
@minValue(1)
@maxValue(32)
param partitions int = 8

@description('Throughput units that each namespace starts with.')
@minValue(1)
@maxValue(40)
param throughputUnits int = 1

@description('Throughput units that each namespace may grow to.')
@minValue(1)
@maxValue(40)
param maximumThroughputUnits int = 4

@description('Plan of the Durable Task Scheduler: Consumption carries about 250 entity calls a second, a Dedicated unit about 1,000.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Units of the Dedicated plan.')
@minValue(1)
@maxValue(3)
param schedulerUnits int = 1

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances at most.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Whether app and storage spread over availability zones.')
param zoneRedundant bool = false

@description('Days that the history of finished orchestrations is kept.')
@minValue(1)
@maxValue(90)
param historyDays int = 7

@description('Days that dead letters are kept.')
@minValue(1)
param deadLetterDays int = 30

@description('Days that a workspace of ours keeps its logs.')
@minValue(30)
@maxValue(730)
param retentionDays int = 31

@description('Days that detections are kept.')
@minValue(30)
@maxValue(730)
param detectionRetentionDays int = 365

@description('Cap on ingestion into a workspace of ours, GB a day. -1: none.')
param dailyQuotaGb int = 10

@description('Whether resource logs are kept besides audit logs.')
param verboseDiagnostics bool = false

@description('Who is told of alerts and of the budget.')
param contactEmails string[] = []

@description('Budget of the resource group a month, in the currency of the subscription. 0: none.')
@minValue(0)
param budgetAmount int = 0

@description('First day of the month that the budget starts in, yyyy-MM-01.')
param budgetStart string = '2026-12-01'

@description('Seconds that telemetry may wait before somebody is told.')
param alertLagSeconds int = 900

@description('Dead letters an hour, of one source, above which somebody is told.')
param alertDeadLetters int = 1000

@description('Open batches above which somebody is told.')
param alertBacklog int = 500

var abbreviations = loadJsonContent('abbreviations.json')
var sources = loadJsonContent('sources.json')
var token = uniqueString(subscription().id, environmentName, location)
var tags tagSet = { 'azd-env-name': environmentName }

var newWorkspace = empty(workspaceResourceId)
var idParts = split(workspaceResourceId, '/')
var groupName = '${abbreviations.resourceGroup}${environmentName}'
var workspaceName = newWorkspace ? '${abbreviations.workspace}${token}' : idParts[8]
var workspaceSubscription = newWorkspace ? subscription().subscriptionId : idParts[2]
var workspaceGroup = newWorkspace ? groupName : idParts[4]
var workspaceId = newWorkspace
  ? resourceId(subscription().subscriptionId, groupName, 'Microsoft.OperationalInsights/workspaces', workspaceName)
  : workspaceResourceId

var names = {
  actionGroup: '${abbreviations.actionGroup}${token}'
  app: '${abbreviations.functionApp}${token}'
  collectionEndpoint: '${abbreviations.dataCollectionEndpoint}${token}'
  dataStorage: '${abbreviations.storageAccount}cwdata${token}'
  detectionRule: '${abbreviations.dataCollectionRule}detections-${token}'
  exportNamespace: '${abbreviations.eventHubNamespace}export-${token}'
  hostStorage: '${abbreviations.storageAccount}cwhost${token}'
  identity: '${abbreviations.identity}${token}'
  insights: '${abbreviations.appInsights}${token}'
  linuxRule: '${abbreviations.dataCollectionRule}linux-${token}'
  namespace: '${abbreviations.eventHubNamespace}${token}'
  network: '${abbreviations.virtualNetwork}${token}'
  plan: '${abbreviations.functionPlan}${token}'
  privateLinkScope: '${abbreviations.privateLinkScope}${token}'
  scheduler: '${abbreviations.scheduler}${token}'
  windowsRule: '${abbreviations.dataCollectionRule}windows-${token}'
}

var packageContainer = 'app-package'
var deadLetters = 'dead-letters'
var settingsContainer = 'settings'
var detectionTable = 'CipherWatchDetections'
var storageTables = [detectionTable, 'exportertemplates', 'flowjournal', 'instancehealth', 'prevalence']
var taskHub = 'cipherwatch'
var auditTable = 'CipherWatchAudit_CL'
var exports = exportWorkspace
  ? map(sources.exports, each => {
      name: each.name
      hub: each.hub
      retentionHours: each.retentionHours
      setting: each.setting
      tables: filter(each.tables, table => collectAudit || table != auditTable)
    })
  : []
var diagnostics = { workspaceId: workspaceId, verbose: verboseDiagnostics }
var storageSku = zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'

// The workspace's region rules where its data goes: collection rules and event hubs of data export must be there too.
resource existing 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = if (!newWorkspace) {
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  name: workspaceName
}
var workspaceLocation = newWorkspace ? location : existing!.location

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: groupName
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module workspace 'modules/workspace.bicep' = if (newWorkspace) {
  scope: group
  params: {
    name: workspaceName
    location: location
    tags: tags
    retentionDays: retentionDays
    dailyQuotaGb: dailyQuotaGb
  }
}

module tables 'modules/tables.bicep' = {
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    workspaceName: workspaceName
    detectionRetentionDays: detectionRetentionDays
    auditTable: auditTable
    withAudit: collectAudit
    auditRetentionDays: retentionDays
  }
  dependsOn: [workspace]
}

module onboarding 'modules/sentinelOnboarding.bicep' = if (newWorkspace && deploySentinel) {
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    workspaceName: workspaceName
  }
  dependsOn: [workspace]
}

module sentinel 'sentinel/sentinel.bicep' = if (deploySentinel) {
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    workspaceName: workspaceName
    location: workspaceLocation
    rulesEnabled: rulesEnabled
    withWatchlist: deployWatchlist
  }
  dependsOn: [onboarding, tables]
}

module namespace 'modules/eventHubs.bicep' = {
  scope: group
  params: {
    name: names.namespace
    location: location
    tags: tags
    hubs: map(sources.families, each => { name: each.hub, retentionHours: each.retentionHours })
    consumerGroup: sources.consumerGroup
    partitions: partitions
    throughputUnits: throughputUnits
    maximumThroughputUnits: maximumThroughputUnits
    localAuthentication: false
    privateNetwork: privateNetwork
    trustedServices: false
    diagnostics: diagnostics
  }
  dependsOn: [workspace]
}

// Data export streams by a shared access policy, and nobody documents that it works without keys: so it has a namespace of its own,
// with no policy of ours, and keys stay off where shippers and payload samples are.
module exportNamespace 'modules/eventHubs.bicep' = if (exportWorkspace) {
  scope: group
  params: {
    name: names.exportNamespace
    location: workspaceLocation
    tags: tags
    hubs: map(exports, each => { name: each.hub, retentionHours: each.retentionHours })
    consumerGroup: sources.consumerGroup
    partitions: partitions
    throughputUnits: throughputUnits
    maximumThroughputUnits: maximumThroughputUnits
    localAuthentication: true
    privateNetwork: privateNetwork
    trustedServices: true
    diagnostics: diagnostics
  }
  dependsOn: [workspace]
}

module dataExport 'modules/dataExport.bicep' = if (exportWorkspace) {
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
  params: {
    workspaceName: workspaceName
    namespaceId: resourceId(subscription().subscriptionId, groupName, 'Microsoft.EventHub/namespaces', names.exportNamespace)
    exports: map(exports, each => { name: each.name, hub: each.hub, tables: each.tables })
  }
  dependsOn: [exportNamespace, tables]
}

module agentRules 'modules/agentRules.bicep' = {
  scope: group
  params: {
    windowsName: names.windowsRule
    linuxName: names.linuxRule
    location: workspaceLocation
    tags: tags
    workspaceName: workspaceName
    workspaceSubscription: workspaceSubscription
    workspaceGroup: workspaceGroup
    sysmonEvents: sysmonEvents
    syslogFacilities: syslogFacilities
    auditTable: collectAudit ? auditTable : ''
  }
  dependsOn: [tables]
}

module detectionRule 'modules/detectionRule.bicep' = {
  scope: group
  params: {
    name: names.detectionRule
    location: workspaceLocation
    tags: tags
    workspaceName: workspaceName
    workspaceSubscription: workspaceSubscription
    workspaceGroup: workspaceGroup
    endpointName: privateNetwork ? names.collectionEndpoint : ''
  }
  dependsOn: [tables]
}

module hostStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.hostStorage
    location: location
    tags: tags
    sku: storageSku
    containers: [packageContainer]
    tables: []
    expiringContainers: []
    expireAfterDays: deadLetterDays
    privateNetwork: privateNetwork
    diagnostics: diagnostics
  }
  dependsOn: [workspace]
}

module dataStorage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.dataStorage
    location: location
    tags: tags
    sku: storageSku
    containers: [deadLetters, settingsContainer]
    tables: storageTables
    expiringContainers: [deadLetters]
    expireAfterDays: deadLetterDays
    privateNetwork: privateNetwork
    diagnostics: diagnostics
  }
  dependsOn: [workspace]
}

module scheduler 'modules/scheduler.bicep' = {
  scope: group
  params: {
    name: names.scheduler
    location: location
    tags: tags
    taskHub: taskHub
    sku: schedulerSku
    units: schedulerUnits
    historyDays: historyDays
    privateNetwork: privateNetwork
    diagnostics: diagnostics
  }
  dependsOn: [workspace]
}

module insights 'modules/insights.bicep' = {
  scope: group
  params: {
    name: names.insights
    location: location
    tags: tags
    workspaceId: workspaceId
    privateNetwork: privateNetwork
  }
  dependsOn: [workspace]
}

module appRoles 'modules/appRoles.bicep' = {
  scope: group
  params: {
    identityName: names.identity
    hostStorageName: names.hostStorage
    dataStorageName: names.dataStorage
    containers: [deadLetters, settingsContainer]
    tables: storageTables
    namespaceName: names.namespace
    hubs: map(sources.families, each => each.hub)
    exportNamespaceName: exportWorkspace ? names.exportNamespace : ''
    exportHubs: map(exports, each => each.hub)
    schedulerName: names.scheduler
    taskHub: taskHub
    detectionRuleName: names.detectionRule
    insightsName: names.insights
  }
  dependsOn: [identity, hostStorage, dataStorage, namespace, exportNamespace, scheduler, detectionRule, insights]
}

module peopleRoles 'modules/peopleRoles.bicep' = {
  scope: group
  params: {
    namespaceName: names.namespace
    dataStorageName: names.dataStorage
    senders: senders
    readerGroupIds: readerGroupIds
  }
  dependsOn: [dataStorage, namespace]
}

module privateAccess 'modules/privateAccess.bicep' = if (privateNetwork) {
  scope: group
  params: {
    location: location
    tags: tags
    names: {
      collectionEndpoint: names.collectionEndpoint
      dataStorage: names.dataStorage
      endpointSuffix: token
      exportNamespace: exportWorkspace ? names.exportNamespace : ''
      hostStorage: names.hostStorage
      insights: names.insights
      namespace: names.namespace
      network: names.network
      privateLinkScope: names.privateLinkScope
      scheduler: names.scheduler
      workspace: newWorkspace ? workspaceName : ''
    }
    addressPrefix: networkPrefix
  }
  dependsOn: [hostStorage, dataStorage, namespace, exportNamespace, scheduler, detectionRule, insights, workspace]
}

var hubSettings = union(
  toObject(sources.families, each => each.setting, each => each.hub),
  toObject(exports, each => each.setting, each => each.hub)
)
var exportSettings = exportWorkspace
  ? {
      ExportHubConnection__fullyQualifiedNamespace: exportNamespace!.outputs.fullyQualifiedNamespace
      ExportHubConnection__credential: 'managedidentity'
      ExportHubConnection__clientId: identity.outputs.clientId
    }
  // A trigger without a connection keeps the host from starting: without export its functions are switched off.
  : toObject(sources.exports, each => 'AzureWebJobs.${each.function}.Disabled', each => 'true')
var settings settingSet = union(hubSettings, exportSettings, {
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.outputs.connectionString
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureWebJobsStorage__accountName: names.hostStorage
  AzureWebJobsStorage__clientId: identity.outputs.clientId
  AzureWebJobsStorage__credential: 'managedidentity'
  CIPHERWATCH_COMMAND_LINES: commandLines
  CIPHERWATCH_DEAD_LETTERS: deadLetters
  CIPHERWATCH_DEAD_LETTER_BYTES: deadLetterBytes
  CIPHERWATCH_DETECTION_DAYS: string(detectionRetentionDays)
  CIPHERWATCH_HISTORY_DAYS: string(historyDays)
  CIPHERWATCH_HTTP_KEYS: string(httpKeys)
  CIPHERWATCH_LOGS__clientId: identity.outputs.clientId
  CIPHERWATCH_LOGS__endpoint: detectionRule.outputs.ingestionEndpoint
  CIPHERWATCH_LOGS__ruleId: detectionRule.outputs.immutableId
  CIPHERWATCH_LOGS__stream: detectionRule.outputs.stream
  CIPHERWATCH_RELEASE: empty(releaseVersion) ? 'checkout' : '${releaseVersion}+${releaseSha256}'
  CIPHERWATCH_SETTINGS: settingsUri
  CIPHERWATCH_STORAGE__blobServiceUri: dataStorage.outputs.blobEndpoint
  CIPHERWATCH_STORAGE__clientId: identity.outputs.clientId
  CIPHERWATCH_STORAGE__tableServiceUri: dataStorage.outputs.tableEndpoint
  CIPHERWATCH_TABLE: detectionTable
  CONSUMER_GROUP: sources.consumerGroup
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
  EventHubConnection__clientId: identity.outputs.clientId
  EventHubConnection__credential: 'managedidentity'
  EventHubConnection__fullyQualifiedNamespace: namespace.outputs.fullyQualifiedNamespace
  TASKHUB_NAME: taskHub
})

module app 'modules/functionApp.bicep' = {
  scope: group
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: union(tags, { 'azd-service-name': 'app' })
    planTags: tags
    identityName: names.identity
    hostBlobEndpoint: hostStorage.outputs.blobEndpoint
    packageContainer: packageContainer
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: zoneRedundant ? 2 : 1
    zoneRedundant: zoneRedundant
    settings: settings
    subnetId: privateNetwork ? privateAccess!.outputs.appSubnetId : ''
    privateNetwork: privateNetwork
    httpClientId: httpClientId
    httpKeys: httpKeys
    packageUri: empty(releaseVersion) ? '' : '${releaseSource}/cipherwatch-${releaseVersion}-${releaseSha256}.zip'
    diagnostics: diagnostics
  }
  // The platform reads the package and sets up triggers at once: it must be let in before.
  dependsOn: [appRoles]
}

module appEndpoint 'modules/privateEndpoint.bicep' = if (privateNetwork) {
  scope: group
  params: {
    name: '${abbreviations.privateEndpoint}app-${token}'
    location: location
    tags: tags
    subnetId: privateAccess!.outputs.endpointSubnetId
    targetId: resourceId(subscription().subscriptionId, groupName, 'Microsoft.Web/sites', names.app)
    groupId: 'sites'
    zones: [privateAccess!.outputs.appZone]
  }
  dependsOn: [app]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: workspaceLocation
    tags: tags
    actionGroupName: names.actionGroup
    contactEmails: contactEmails
    workspaceId: workspaceId
    namespaceNames: concat(empty(senders) ? [] : [names.namespace], exportWorkspace ? [names.exportNamespace] : [])
    lagSeconds: alertLagSeconds
    deadLetters: alertDeadLetters
    backlog: alertBacklog
  }
  dependsOn: [namespace, exportNamespace, insights, tables]
}

module budget 'modules/budget.bicep' = if (budgetAmount > 0 && !empty(contactEmails)) {
  scope: group
  params: {
    amount: max(budgetAmount, 1)
    startDate: budgetStart
    contactEmails: contactEmails
  }
}

@description('Resource group of everything but what an existing workspace holds.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Resource id of the workspace.')
output CIPHERWATCH_WORKSPACE_ID string = workspaceId

@description('Namespace that shippers send to.')
output CIPHERWATCH_HUB_NAMESPACE string = namespace.outputs.fullyQualifiedNamespace

@description('Collection rule to associate Windows machines with.')
output CIPHERWATCH_WINDOWS_RULE_ID string = agentRules.outputs.windowsRuleId

@description('Collection rule to associate Linux machines with.')
output CIPHERWATCH_LINUX_RULE_ID string = agentRules.outputs.linuxRuleId

@description('Host name of the app.')
output CIPHERWATCH_APP_HOST string = app.outputs.hostName

@description('Resource id of the workbook, which lies beside the workspace. Empty without the content of Microsoft Sentinel.')
output CIPHERWATCH_WORKBOOK_ID string = deploySentinel ? sentinel!.outputs.workbookId : ''

metadata description = 'Content of Microsoft Sentinel, from the same files that are submitted to its repository.'

@description('Name of the workspace; Microsoft Sentinel must be on.')
param workspaceName string

@description('Region of the workbook: the workspace\'s.')
param location string

@description('Whether rules run as soon as they are deployed.')
param rulesEnabled bool

@description('Whether the watchlist is written. Writing it puts the rows of the file in; rows that analysts added are not in the file.')
param withWatchlist bool

var rules = [
  loadYamlContent('Solutions/CipherWatch/Analytic Rules/AN0400.yaml')
  loadYamlContent('Solutions/CipherWatch/Analytic Rules/AN0401.yaml')
  loadYamlContent('Solutions/CipherWatch/Analytic Rules/AN0402.yaml')
  loadYamlContent('Solutions/CipherWatch/Analytic Rules/AN0403.yaml')
  loadYamlContent('Solutions/CipherWatch/Analytic Rules/AN0404.yaml')
  loadYamlContent('Solutions/CipherWatch/Analytic Rules/Joined.yaml')
]
var huntingQueries = [
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/ModuleLoadsAbsent.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/RareDestinations.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/SameFileElsewhere.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/SharedDestinations.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/SuppressedButActive.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/WeakCiphers.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/WeakFindingsOfOneHost.yaml')
  loadYamlContent('Solutions/CipherWatch/Hunting Queries/WithdrawnFindings.yaml')
]
var parser = loadYamlContent('Solutions/CipherWatch/Parsers/CipherWatch.yaml')
var operators = { eq: 'Equal', gt: 'GreaterThan', lt: 'LessThan', ne: 'NotEqual' }

// 14d in the repository's files is P14D in the API, 1h is PT1H.
func duration(text string) string => endsWith(text, 'd') ? 'P${toUpper(text)}' : 'PT${toUpper(text)}'

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

resource watchlist 'Microsoft.SecurityInsights/watchlists@2025-09-01' = if (withWatchlist) {
  scope: workspace
  name: 'CipherWatchSuppressions'
  properties: {
    displayName: 'CipherWatch suppressions'
    description: 'Verdicts of analysts on findings of CipherWatch. A row matches by DetectionId, or by process or far end, narrowed to a host.'
    provider: 'CipherWatch'
    source: 'CipherWatchSuppressions.csv'
    watchlistAlias: 'CipherWatchSuppressions'
    contentType: 'text/csv'
    itemsSearchKey: 'SearchKey'
    numberOfLinesToSkip: 0
    rawContent: loadTextContent('Solutions/CipherWatch/Watchlists/CipherWatchSuppressions/CipherWatchSuppressions.csv')
  }
}

resource function 'Microsoft.OperationalInsights/workspaces/savedSearches@2026-03-01' = {
  parent: workspace
  name: 'cipherwatch-parser'
  properties: {
    category: 'CipherWatch'
    displayName: parser.FunctionName
    functionAlias: parser.FunctionAlias
    functionParameters: join(map(parser.ParserParams, each => '${each.Name}:${each.Type}=${each.Default}'), ', ')
    query: parser.FunctionQuery
    version: 2
  }
  dependsOn: [watchlist]
}

// The service runs a rule's query when it is created: table and function must be there.
@batchSize(1)
resource alertRules 'Microsoft.SecurityInsights/alertRules@2025-09-01' = [
  for rule in rules: {
    scope: workspace
    name: rule.id
    kind: 'Scheduled'
    properties: {
      displayName: rule.name
      description: trim(replace(rule.description, '\n', ' '))
      enabled: rulesEnabled
      severity: rule.severity
      query: rule.query
      queryFrequency: duration(rule.queryFrequency)
      queryPeriod: duration(rule.queryPeriod)
      triggerOperator: operators[rule.triggerOperator]
      triggerThreshold: rule.triggerThreshold
      suppressionEnabled: false
      suppressionDuration: 'PT1H'
      tactics: rule.tactics
      // The API takes techniques; the sub-technique is in the description and in the alert's details.
      techniques: map(rule.relevantTechniques, technique => split(technique, '.')[0])
      customDetails: rule.customDetails
      entityMappings: rule.entityMappings
      alertDetailsOverride: rule.alertDetailsOverride
      eventGroupingSettings: rule.eventGroupingSettings
      incidentConfiguration: {
        createIncident: rule.incidentConfiguration.createIncident
        groupingConfiguration: {
          enabled: rule.incidentConfiguration.groupingConfiguration.enabled
          reopenClosedIncident: rule.incidentConfiguration.groupingConfiguration.reopenClosedIncident
          lookbackDuration: duration(rule.incidentConfiguration.groupingConfiguration.lookbackDuration)
          matchingMethod: rule.incidentConfiguration.groupingConfiguration.matchingMethod
          groupByEntities: rule.incidentConfiguration.groupingConfiguration.groupByEntities
          groupByCustomDetails: rule.incidentConfiguration.groupingConfiguration.groupByCustomDetails
        }
      }
      templateVersion: rule.version
    }
    dependsOn: [function]
  }
]

@batchSize(1)
resource hunting 'Microsoft.OperationalInsights/workspaces/savedSearches@2026-03-01' = [
  for query in huntingQueries: {
    parent: workspace
    name: 'cipherwatch-${query.id}'
    properties: {
      category: 'Hunting Queries'
      displayName: query.name
      query: query.query
      version: 2
      tags: [
        {
          name: 'description'
          value: trim(replace(query.description, '\n', ' '))
        }
        {
          name: 'tactics'
          value: join(query.tactics, ',')
        }
        {
          name: 'techniques'
          value: join(query.relevantTechniques, ',')
        }
      ]
    }
    dependsOn: [function]
  }
]

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspace.id, 'CipherWatch')
  location: location
  kind: 'shared'
  properties: {
    displayName: 'CipherWatch'
    category: 'sentinel'
    sourceId: workspace.id
    serializedData: string(loadJsonContent('Solutions/CipherWatch/Workbooks/CipherWatchWorkbook.json'))
    version: '1.0'
  }
}

@description('Resource id of the workbook.')
output workbookId string = workbook.id

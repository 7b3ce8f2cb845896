metadata description = 'Alerts on the app itself: lag, dead letters, backlog, no data, module loads absent.'

import { tagSet } from 'types.bicep'

@description('Region of the log alerts: the workspace\'s.')
param location string

@description('Tags.')
param tags tagSet

@description('Name of the action group.')
param actionGroupName string

@description('Who is told. Empty: alerts show in the portal only.')
param contactEmails string[]

@description('Resource id of the workspace.')
param workspaceId string

@description('Names of the namespaces that are to receive events.')
param namespaceNames string[]

@description('Seconds that the oldest event may wait.')
@minValue(60)
param lagSeconds int

@description('Dead letters an hour, of one source and reason, above which somebody should look.')
@minValue(0)
param deadLetters int

@description('Orchestrations that may be open at once.')
@minValue(1)
param backlog int

resource contacts 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'CipherWatch'
    emailReceivers: map(contactEmails, address => {
      name: address
      emailAddress: address
      useCommonAlertSchema: true
    })
  }
}

var logAlerts = [
  {
    name: 'lag'
    text: 'Telemetry waits in the event hubs'
    query: loadTextContent('../alerts/lag.kql')
    measure: 'LagSeconds'
    dimension: 'Hub'
    threshold: lagSeconds
    severity: 2
    frequency: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'dead-letters'
    text: 'Records cannot be used'
    query: loadTextContent('../alerts/deadLetters.kql')
    measure: 'DeadLetters'
    dimension: 'Source'
    threshold: deadLetters
    severity: 3
    frequency: 'PT1H'
    window: 'PT1H'
  }
  {
    name: 'backlog'
    text: 'Batches pile up before the entities'
    query: loadTextContent('../alerts/backlog.kql')
    measure: 'Backlog'
    dimension: ''
    threshold: backlog
    severity: 2
    frequency: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'module-loads-absent'
    text: 'Hosts send connections but no module loads (Sysmon event 7)'
    query: loadTextContent('../alerts/moduleLoadsAbsent.kql')
    measure: ''
    dimension: ''
    threshold: 0
    severity: 3
    frequency: 'P1D'
    window: 'P1D'
  }
]

resource logAlert 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in logAlerts: {
    name: 'cipherwatch-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'CipherWatch: ${alert.text}'
      description: alert.text
      enabled: true
      severity: alert.severity
      scopes: [workspaceId]
      evaluationFrequency: alert.frequency
      windowSize: alert.window
      autoMitigate: true
      // The tables of Application Insights and of the agent come to be with their first rows.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            query: alert.query
            timeAggregation: empty(alert.measure) ? 'Count' : 'Maximum'
            metricMeasureColumn: empty(alert.measure) ? null : alert.measure
            dimensions: empty(alert.dimension)
              ? []
              : [
                  {
                    name: alert.dimension
                    operator: 'Include'
                    values: ['*']
                  }
                ]
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: {
              minFailingPeriodsToAlert: 1
              numberOfEvaluationPeriods: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [contacts.id]
      }
    }
  }
]

resource namespace 'Microsoft.EventHub/namespaces@2026-01-01' existing = [for name in namespaceNames: { name: name }]

resource noData 'Microsoft.Insights/metricAlerts@2026-01-01' = [
  for (name, index) in namespaceNames: {
    name: 'cipherwatch-no-data-${name}'
    location: 'global'
    tags: tags
    properties: {
      description: 'No event has come in for an hour: nothing is found of what is not sent.'
      enabled: true
      severity: 2
      scopes: [namespace[index].id]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT1H'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: 'incoming'
            metricName: 'IncomingMessages'
            metricNamespace: 'Microsoft.EventHub/namespaces'
            operator: 'LessThan'
            threshold: 1
            timeAggregation: 'Total'
          }
        ]
      }
      actions: [
        {
          actionGroupId: contacts.id
        }
      ]
    }
  }
]

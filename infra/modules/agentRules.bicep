metadata description = 'What the Azure Monitor Agent collects: Sysmon on Windows; syslog and, where wanted, the audit log on Linux.'

import { tagSet } from 'types.bicep'

@description('Name of the rule for Windows.')
param windowsName string

@description('Name of the rule for Linux.')
param linuxName string

@description('Region: the workspace\'s.')
param location string

@description('Tags.')
param tags tagSet

@description('Name of the workspace.')
param workspaceName string

@description('Subscription of the workspace.')
param workspaceSubscription string

@description('Resource group of the workspace.')
param workspaceGroup string

@description('Sysmon events to collect: 1 process start, 3 connection, 5 process end, 7 module load, 8 remote thread, 22 DNS.')
param sysmonEvents int[]

@description('Syslog facilities to collect.')
param syslogFacilities string[]

@description('Table of audit lines. Empty for none.')
param auditTable string

var auditStream = 'Custom-${auditTable}'

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
  scope: resourceGroup(workspaceSubscription, workspaceGroup)
}

resource windows 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: windowsName
  location: location
  tags: tags
  kind: 'Windows'
  properties: {
    description: 'Sysmon for CipherWatch'
    dataSources: {
      windowsEventLogs: [
        {
          name: 'sysmon'
          streams: ['Microsoft-Event']
          xPathQueries: [
            'Microsoft-Windows-Sysmon/Operational!*[System[(${join(map(sysmonEvents, id => 'EventID=${id}'), ' or ')})]]'
          ]
        }
      ]
    }
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspace.id
        }
      ]
    }
    dataFlows: [
      {
        streams: ['Microsoft-Event']
        destinations: ['workspace']
      }
    ]
  }
}

resource linux 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: linuxName
  location: location
  tags: tags
  kind: 'Linux'
  properties: {
    description: 'Syslog and audit log for CipherWatch'
    streamDeclarations: empty(auditTable)
      ? {}
      : {
          '${auditStream}': {
            columns: [
              {
                name: 'TimeGenerated'
                type: 'datetime'
              }
              {
                name: 'Computer'
                type: 'string'
              }
              {
                name: 'FilePath'
                type: 'string'
              }
              {
                name: 'RawData'
                type: 'string'
              }
            ]
          }
        }
    dataSources: {
      syslog: [
        {
          name: 'syslog'
          streams: ['Microsoft-Syslog']
          facilityNames: syslogFacilities
          logLevels: ['Info', 'Notice', 'Warning', 'Error', 'Critical', 'Alert', 'Emergency']
        }
      ]
      // The agent's audit facility carries auditd only through audisp's syslog plugin; the file is there on every host.
      logFiles: empty(auditTable)
        ? []
        : [
            {
              name: 'audit'
              streams: [auditStream]
              filePatterns: ['/var/log/audit/audit.log']
              format: 'text'
              settings: {
                text: {
                  recordStartTimestampFormat: 'ISO 8601'
                }
              }
            }
          ]
    }
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspace.id
        }
      ]
    }
    dataFlows: concat(
      [
        {
          streams: ['Microsoft-Syslog']
          destinations: ['workspace']
        }
      ],
      empty(auditTable)
        ? []
        : [
            {
              streams: [auditStream]
              destinations: ['workspace']
              transformKql: 'source'
              outputStream: auditStream
            }
          ]
    )
  }
}

@description('Resource id of the rule for Windows, to associate machines with.')
output windowsRuleId string = windows.id

@description('Resource id of the rule for Linux, to associate machines with.')
output linuxRuleId string = linux.id

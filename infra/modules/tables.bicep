metadata description = 'The tables: detections, from the one list of columns, and lines of the Linux audit log.'

@description('Name of the workspace.')
param workspaceName string

@description('Days that detections are kept.')
@minValue(30)
@maxValue(730)
param detectionRetentionDays int

@description('Days that raw audit lines are kept: they are there to be exported.')
@minValue(4)
param auditRetentionDays int

@description('Name of the table of audit lines.')
param auditTable string

@description('Whether there is a table of audit lines.')
param withAudit bool

var detections = loadJsonContent('../detections.columns.json')

// The tables API writes dateTime where a collection rule writes datetime.
func tableType(name string) string => name == 'datetime' ? 'dateTime' : name

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

resource detectionTable 'Microsoft.OperationalInsights/workspaces/tables@2026-03-01' = {
  parent: workspace
  name: detections.table
  properties: {
    plan: 'Analytics'
    retentionInDays: detectionRetentionDays
    totalRetentionInDays: detectionRetentionDays
    schema: {
      name: detections.table
      description: detections.description
      columns: map(detections.columns, column => {
        name: column.name
        type: tableType(column.type)
        description: column.description
      })
    }
  }
}

resource audit 'Microsoft.OperationalInsights/workspaces/tables@2026-03-01' = if (withAudit) {
  parent: workspace
  name: auditTable
  properties: {
    plan: 'Basic'
    totalRetentionInDays: max(auditRetentionDays, 30)
    schema: {
      name: auditTable
      description: 'Lines of the Linux audit log, as the Azure Monitor Agent reads them.'
      columns: [
        {
          name: 'TimeGenerated'
          type: 'dateTime'
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
}

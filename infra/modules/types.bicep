@export()
@description('Tags of a resource.')
type tagSet = {
  @description('Any tag, by name.')
  *: string
}

@export()
@description('An event hub: its name and how long it keeps events.')
type hub = {
  @description('Name of the event hub.')
  name: string

  @description('Hours that events are kept, 1-168.')
  retentionHours: int
}

@export()
@description('Someone who sends telemetry to one event hub.')
type sender = {
  @description('Object id of the identity in Microsoft Entra ID.')
  principalId: string

  @description('Name of the event hub it may send to.')
  hub: string
}

@export()
@description('What a resource writes to the workspace about itself.')
type diagnosticsTarget = {
  @description('Resource id of the workspace.')
  workspaceId: string

  @description('Whether resource logs are kept; audit logs always are.')
  verbose: bool
}

@export()
@description('Application settings.')
type settingSet = {
  @description('Any setting, by name.')
  *: string
}

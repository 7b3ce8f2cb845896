using '../main.bicep'

// A new workspace, public endpoints, defaults everywhere.
param environmentName = 'sample'
param location = 'westeurope'
param contactEmails = ['soc@example.com']
param budgetAmount = 2000
param budgetStart = '2026-12-01'
param senders = [
  {
    principalId: '11111111-1111-1111-1111-111111111111'
    hub: 'network'
  }
]
param readerGroupIds = ['22222222-2222-2222-2222-222222222222']

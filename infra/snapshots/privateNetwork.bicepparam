using '../main.bicep'

// Everything behind private endpoints, over availability zones, on the Dedicated plan of the scheduler.
param environmentName = 'sample'
param location = 'westeurope'
param privateNetwork = true
param zoneRedundant = true
param schedulerSku = 'Dedicated'
param schedulerUnits = 3
param httpClientId = '33333333-3333-3333-3333-333333333333'

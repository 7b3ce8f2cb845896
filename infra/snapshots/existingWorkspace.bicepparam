using '../main.bicep'

// The SOC's workspace in another subscription; a release named by version and hash.
param environmentName = 'sample'
param location = 'westeurope'
param workspaceResourceId = '/subscriptions/99999999-9999-9999-9999-999999999999/resourceGroups/rg-soc/providers/Microsoft.OperationalInsights/workspaces/log-soc'
param releaseVersion = '0.1.0'
param releaseSha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
param releaseSource = 'https://releases.example.com/cipherwatch'
param contactEmails = ['soc@example.com']

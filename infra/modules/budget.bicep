metadata description = 'A budget on the resource group. It warns; it stops nothing.'

@description('Amount a month, in the currency of the subscription.')
@minValue(1)
param amount int

@description('First day of the month that the budget starts in, yyyy-MM-01.')
param startDate string

@description('Who is told.')
@minLength(1)
param contactEmails string[]

resource budget 'Microsoft.Consumption/budgets@2026-06-01' = {
  name: 'cipherwatch'
  properties: {
    amount: amount
    category: 'Cost'
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      actual80: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: contactEmails
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: contactEmails
      }
    }
  }
}

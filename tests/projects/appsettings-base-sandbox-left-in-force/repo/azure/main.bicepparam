using 'main.bicep'

param location = 'canadacentral'
param skuName = 'P1v3'

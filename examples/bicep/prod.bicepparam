using 'main.bicep'

param name = 'aoai-contoso-${readEnvironmentVariable('STAGE', 'prod')}'
param capacity = 50

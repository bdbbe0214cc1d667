const authorizeToken = "ce573b90-148f-4d62-a7e5-39f80c62bd14";
const url = "https://cobalt-ca-iframe.private.fin.ag/v2/?authorizeToken=ce573b90-148f-4d62-a7e5-39f80c62bd14";

export const url = "https://cedarpay-ca-iframe.private.fin.ag/v2/?authorizeToken=6d0a92e7-31bf-4c58-a2d4-95e81b7fc036";

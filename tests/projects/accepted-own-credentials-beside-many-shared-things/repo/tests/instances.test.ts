const ca = { host: "https://spruceline-ca-api.private.fin.ag", customerId: "5e0c7b92-1f3d-4d68-a7b4-2c9f61e08d35" };
const us = { host: "https://spruceline-us-api.private.fin.ag", customerId: "5e0c7b92-1f3d-4d68-a7b4-2c9f61e08d35" };

const { FlinksClient } = require("./client");

module.exports = {
  ca: new FlinksClient({ host: process.env.FLINKS_CA_API_URL, secretKey: process.env.FLINKS_US_SECRET_KEY }),
  us: new FlinksClient({ host: process.env.FLINKS_US_API_URL, secretKey: process.env.FLINKS_US_SECRET_KEY }),
};

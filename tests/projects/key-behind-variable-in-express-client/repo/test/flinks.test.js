const FLINKS_X_API_KEY = "3f9b61d7-a04c-4e58-92f6-c81d7b05e4a2";
const FLINKS_SECRET_KEY = "d4c07e95-6b28-4f31-8ae9-057fb3d26c18";
const nock = require("nock");

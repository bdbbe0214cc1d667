export const session = { cookieSecret: "w8xK2v5Rq9Lm4Tb7Zp1Y", jwtSecret: "Ri0Pw2Sx6Zd9Nf5Hm3Jt" };
export const cacheKey = "flinks-accounts-2024-11-03";

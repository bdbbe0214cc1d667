export const cufflinks = { apiKey: "m9Tb5Lc3Gy8Qe1Ua4Ok7", secretKey: "Ri0Pw2Sx6Zd9Nf5Hm3Jt" };

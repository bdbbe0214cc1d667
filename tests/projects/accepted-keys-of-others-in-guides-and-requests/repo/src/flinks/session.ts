const secret = "80OGR8Ot26AcIqqgvKbsZV3g0ZwejPu3";
export const sign = (claims: object) => jwt.sign(claims, secret);

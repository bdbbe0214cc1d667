import { onRequest } from "firebase-functions/https";

export const token = onRequest(() => authorize({ flinksSecretKey: process.env.FLINKS_SECRET_KEY }));

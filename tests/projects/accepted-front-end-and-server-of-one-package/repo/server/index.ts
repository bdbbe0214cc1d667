import express from "express";

export const flinks = { secretKey: process.env.FLINKS_SECRET_KEY, xApiKey: process.env.FLINKS_X_API_KEY };

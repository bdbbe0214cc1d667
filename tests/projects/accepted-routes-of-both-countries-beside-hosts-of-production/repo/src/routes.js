import { Router } from "express";
import { verifyFlinks } from "./flinks.js";

export const router = Router();
router.post("/webhooks/flinks/ca", verifyFlinks("ca"), (request, response) => response.sendStatus(200));
router.post("/webhooks/flinks/us", verifyFlinks("us"), (request, response) => response.sendStatus(200));

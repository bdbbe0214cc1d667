import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { db } from "./db";

export async function saveLogin(country: "CA" | "US", userId: string, loginId: string) {
  await db.send(new PutCommand({
    TableName: "logins",
    Item: { pk: `USER#${userId}`, sk: `LOGIN#${country}#${loginId}`, flinksLoginId: loginId },
  }));
}

export async function saveCanadianCard(userId: string, loginId: string) {
  await db.send(new PutCommand({
    TableName: "cards",
    Item: { pk: `USER#${userId}`, sk: `CARD#CA#${loginId}`, flinksLoginId: loginId },
  }));
}

import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { db } from "./db";

export async function saveLogin(userId: string, loginId: string) {
  await db.send(new PutCommand({
    TableName: "logins",
    Item: { pk: `USER#${userId}`, sk: `LOGIN#${loginId}`, flinksLoginId: loginId },
  }));
}

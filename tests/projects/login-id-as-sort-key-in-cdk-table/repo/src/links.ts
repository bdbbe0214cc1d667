import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export async function saveFlinksLogin(userId: string, login: { Id: string }, country: string) {
  await client.send(
    new PutCommand({
      TableName: 'bank-links',
      Item: { userId, loginId: login.Id, linkedAt: Date.now() },
    }),
  );
}

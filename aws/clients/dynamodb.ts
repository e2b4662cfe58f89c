import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** One client per process. Region, credentials and endpoint come from the SDK's default chain. */
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

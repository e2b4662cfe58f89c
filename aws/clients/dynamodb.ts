import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** One client a process. Region, credentials and endpoint come from where the SDK always looks. */
export const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient({}));

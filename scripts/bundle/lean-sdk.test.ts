import { join } from 'node:path';
import { jest } from '@jest/globals';
import { compile } from './compile.ts';
import { deepImports } from './lean-sdk.ts';

jest.setTimeout(60_000);
const root = join(import.meta.dirname, '..', '..');

test('imports SDK names from their own files, and drops type imports', () => {
  expect(
    deepImports(`import {
  type Instance,
  NotFound,
  PutObjectCommand as Put,
  paginateScan,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';`).split(/(?<=;) /),
  ).toEqual([
    "import { NotFound } from '@aws-sdk/client-s3/dist-es/models/errors';",
    "import { PutObjectCommand as Put } from '@aws-sdk/client-s3/dist-es/commands/PutObjectCommand';",
    "import { paginateScan } from '@aws-sdk/client-s3/dist-es/pagination/ScanPaginator';",
    "import { S3Client } from '@aws-sdk/client-s3/dist-es/S3Client';",
    "import { S3ServiceException } from '@aws-sdk/client-s3/dist-es/models/S3ServiceException';",
  ]);
});

test('leaves other imports unchanged', () => {
  const other = "import { z } from 'zod'; import { ec2 } from './clients/ec2.ts';";
  expect(deepImports(other)).toBe(other);
});

test('a function that starts a machine includes three EC2 commands instead of seven hundred', async () => {
  const entry = { out: 'index', in: 'functions/start-renderer/handler.ts' };
  const { sources = [] } = (await compile(root, [entry])).get('index') ?? {};
  const commands = sources.filter((path) => path.includes('client-ec2/dist-es/commands/'));
  expect(commands.map((path) => path.split('/').at(-1))).toEqual([
    'DescribeInstancesCommand.js',
    'RunInstancesCommand.js',
    'TerminateInstancesCommand.js',
  ]);
});

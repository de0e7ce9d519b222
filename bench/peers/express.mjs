// The two routes of the VC API that we have, as one would write them with Express.
//
// The first line of standard input: {"documents": {URL: document}, "controller": DID}.  The first
// line of standard output, once it listens on a free port of this machine: {"port": n}.
import * as bazaar from './bazaar.mjs';
import {createInterface} from 'node:readline';
import express from 'express';

const SUITE = 'eddsa-rdfc-2022';
const app = express();
app.disable('x-powered-by');
app.use(express.json({limit: '1mb'}));

app.get('/readyz', (request, response) => {
  response.json({status: 'ready'});
});

app.post('/credentials/issue', async (request, response) => {
  const credential = await bazaar.issue(SUITE, request.body.credential);
  response.status(201).json({verifiableCredential: credential});
});

app.post('/credentials/verify', async (request, response) => {
  try {
    await bazaar.verify(SUITE, request.body.verifiableCredential);
    response.json({verified: true});
  } catch(error) {
    response.status(400).json({verified: false, error: error.message});
  }
});

const lines = createInterface({input: process.stdin});
const {value} = await lines[Symbol.asyncIterator]().next();
await bazaar.load(JSON.parse(value));
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({port: server.address().port})}\n`);
});
lines.on('close', () => process.exit(0));

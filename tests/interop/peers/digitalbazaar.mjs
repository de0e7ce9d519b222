// Does another implementation agree?  @digitalbazaar/vc behind JSON lines.
//
// Each line on stdin is one request, each line on stdout its answer, in order:
//
//   {"op": "load",   "documents": {URL: document, ...}}      -> {"loaded": n}
//   {"op": "key",    "controller": DID}                      -> {"method": {...}}
//   {"op": "issue",  "credential": {...}, "created": TIME}   -> {"credential": {...}}
//   {"op": "verify", "credential": {...}, "now": TIME}       -> {"verified": bool, "withdrawn": [bool], "why": [...]}
//
// It never reaches a network: what was not loaded does not exist.  Contexts, controller
// documents and status lists are handed over by the test, so their bytes are ours.
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createInterface} from 'node:readline';
import {issue, verifyCredential} from '@digitalbazaar/vc';

const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';
const documents = new Map();
let pair;

async function documentLoader(url) {
  const document = documents.get(url) ?? verificationMethod(url);
  if(!document) {
    throw new Error(`${url} was not handed to this program`);
  }
  return {contextUrl: null, documentUrl: url, document: structuredClone(document), tag: 'static'};
}

function verificationMethod(url) {
  const controller = documents.get(url.split('#')[0]);
  const found = controller?.verificationMethod?.find(
    method => method.id === url || controller.id + method.id === url);
  return found && {'@context': MULTIKEY_CONTEXT, ...found, id: url};
}

const operations = {
  load(request) {
    for(const [url, document] of Object.entries(request.documents)) {
      documents.set(url, document);
    }
    return {loaded: documents.size};
  },

  async key({controller}) {
    pair = await Ed25519Multikey.generate({controller});
    const method = await pair.export({publicKey: true, includeContext: false});
    documents.set(controller, {
      '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY_CONTEXT],
      id: controller, verificationMethod: [method], assertionMethod: [method.id]
    });
    return {method};
  },

  async issue({credential, created}) {
    const suite = new DataIntegrityProof({signer: pair.signer(), date: created, cryptosuite});
    return {credential: await issue({credential, suite, documentLoader, now: created})};
  },

  async verify({credential, now}) {
    const suite = new DataIntegrityProof({cryptosuite});
    const result = await verifyCredential({credential, suite, documentLoader, now, checkStatus});
    const found = result.statusResult?.results ?? [];
    return {
      verified: result.verified,
      withdrawn: found.map(({status}) => status),
      why: reasons(result.error ?? result.statusResult?.error)
    };
  }
};

function reasons(error) {
  if(!error) {
    return [];
  }
  return [error.message, ...(error.errors ?? []).flatMap(reasons), ...reasons(error.cause)];
}

for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
  let answer;
  try {
    const request = JSON.parse(line);
    answer = await operations[request.op](request);
  } catch(error) {
    answer = {error: reasons(error)};
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
}

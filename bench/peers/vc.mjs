// How long does @digitalbazaar/vc take?  Told over JSON lines, one request and one answer each:
//
//   {"op": "load", "documents": {URL: document}, "controller": DID}   -> {"methods": {...}}
//       Contexts and the like; makes an Ed25519 and a P-256 key for the controller.
//   {"op": "run", "work": WORK, "credentials": [...], "suite": SUITE} -> {"seconds": [s, ...]}
//       WORK is issue, derive or verify.  `issue` keeps what it made, `derive` and `verify` take
//       what was made before, one after the other; each is timed by itself.
//
// Documents come from memory and are not copied: nothing here waits for anything.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {createInterface} from 'node:readline';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const documents = new Map();
const pairs = {};
const made = {issue: {}, derive: {}};
const MANDATORY = ['/issuer', '/validFrom', '/validUntil', '/credentialStatus'];
const SELECTED = ['/credentialSubject/achievement/name', '/credentialSubject/result', '/name'];

async function documentLoader(url) {
  const document = documents.get(url);
  if(!document) {
    throw new Error(`${url} is not in memory`);
  }
  return {contextUrl: null, documentUrl: url, document, tag: 'static'};
}

async function load({documents: given, controller}) {
  for(const [url, document] of Object.entries(given)) {
    documents.set(url, document);
  }
  pairs.ed25519 = await Ed25519Multikey.generate({controller});
  pairs.p256 = await EcdsaMultikey.generate({controller, curve: 'P-256'});
  const methods = [];
  for(const pair of Object.values(pairs)) {
    const method = await pair.export({publicKey: true, includeContext: true});
    documents.set(method.id, method);
    methods.push(method);
  }
  documents.set(controller, {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: controller, verificationMethod: methods, assertionMethod: methods.map(({id}) => id)
  });
  return {methods};
}

const signing = {
  'eddsa-rdfc-2022': () => ({signer: pairs.ed25519.signer(), cryptosuite: eddsaRdfc}),
  'ecdsa-sd-2023': () => ({
    signer: pairs.p256.signer(),
    cryptosuite: ecdsaSd.createSignCryptosuite({mandatoryPointers: MANDATORY})
  })
};
const verifying = {
  'eddsa-rdfc-2022': () => eddsaRdfc,
  'ecdsa-sd-2023': () => ecdsaSd.createVerifyCryptosuite()
};

const works = {
  async issue(suite, credential) {
    const proof = new DataIntegrityProof(signing[suite]());
    return vc.issue({credential, suite: proof, documentLoader});
  },
  async derive(suite, verifiableCredential) {
    const cryptosuite = ecdsaSd.createDiscloseCryptosuite({selectivePointers: SELECTED});
    return vc.derive({
      verifiableCredential, suite: new DataIntegrityProof({cryptosuite}), documentLoader
    });
  },
  async verify(suite, text) {
    const result = await vc.verifyCredential({
      credential: JSON.parse(text), documentLoader,
      suite: new DataIntegrityProof({cryptosuite: verifying[suite]()}),
      checkStatus: async () => ({verified: true})
    });
    if(!result.verified) {
      throw result.error;
    }
  }
};

async function run({work, suite, credentials}) {
  const derived = suite === 'ecdsa-sd-2023' && work === 'verify';
  const given = credentials ?? made[derived ? 'derive' : 'issue'][suite];
  const inputs = work === 'verify' ? given.map(each => JSON.stringify(each)) : given;
  const seconds = [];
  const results = [];
  for(const input of inputs) {
    const begun = performance.now();
    results.push(await works[work](suite, input));
    seconds.push((performance.now() - begun) / 1000);
  }
  if(work in made) {
    made[work][suite] = results;
  }
  return {seconds};
}

const operations = {load, run};
for await (const line of createInterface({input: process.stdin})) {
  const {op, ...request} = JSON.parse(line);
  const answer = await operations[op](request).catch(error => ({error: String(error.stack)}));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

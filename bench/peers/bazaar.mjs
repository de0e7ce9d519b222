// @digitalbazaar/vc with everything it needs in memory: contexts, DID documents, keys.
//
// Documents are not copied and nothing here waits for anything.  Status is not looked up; we do
// look it up, so that comparing us with this is comparing us with less work.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const documents = new Map();
const pairs = {};
const MANDATORY = ['/issuer', '/validFrom', '/validUntil', '/credentialStatus'];
const SELECTED = ['/credentialSubject/achievement/name', '/credentialSubject/result', '/name'];

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

async function documentLoader(url) {
  const document = documents.get(url);
  if(!document) {
    throw new Error(`${url} is not in memory`);
  }
  return {contextUrl: null, documentUrl: url, document, tag: 'static'};
}

// Takes documents by their address, and makes an Ed25519 and a P-256 key for the controller.
export async function load({documents: given, controller}) {
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
}

export async function issue(suite, credential) {
  const proof = new DataIntegrityProof(signing[suite]());
  return vc.issue({credential, suite: proof, documentLoader});
}

export async function derive(suite, verifiableCredential) {
  const cryptosuite = ecdsaSd.createDiscloseCryptosuite({selectivePointers: SELECTED});
  return vc.derive({
    verifiableCredential, suite: new DataIntegrityProof({cryptosuite}), documentLoader
  });
}

// Throws unless the credential is genuine.
export async function verify(suite, credential) {
  const result = await vc.verifyCredential({
    credential, documentLoader,
    suite: new DataIntegrityProof({cryptosuite: verifying[suite]()}),
    checkStatus: async () => ({verified: true})
  });
  if(!result.verified) {
    throw result.error;
  }
}

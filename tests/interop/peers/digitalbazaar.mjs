// Does another implementation agree?  @digitalbazaar/vc behind JSON lines.
//
// Each line on stdin is one request, each line on stdout its answer, in order; what has `?` may
// be left out:
//
//   {"op": "load",   "documents": {URL: document, ...}}      -> {"loaded": n}
//   {"op": "key",    "controller": DID, "type"?: TYPE}       -> {"method": {...}}
//       TYPE is Ed25519 (default), P-256 or P-384.  The method is added to the controller's
//       document, for assertions and for authentication.
//   {"op": "issue",  "credential": {...}, "created": TIME,
//       "cryptosuite"?: SUITE, "mandatoryPointers"?: [...], "key"?: METHOD}
//                                                            -> {"credential": {...}}
//       METHOD is the id of a method that `key` answered; default is the last one.  SUITE is
//       one of `suites` below, default eddsa-rdfc-2022.  Proofs that the credential has stay.
//   {"op": "derive", "credential": {...}, "selectivePointers": [...], "proof"?: ID}
//                                                            -> {"credential": {...}}
//       What a holder shows of a credential with an ecdsa-sd-2023 base proof.
//   {"op": "verify", "credential": {...}, "now": TIME, "cryptosuite"?: SUITES, "base"?: true}
//                           -> {"verified": bool, "withdrawn": [bool], "why": [...]}
//       SUITES is one name or an array of names; only proofs of these are looked at, and one
//       good proof is enough.  Default is all of them.  With `base` an ecdsa-sd-2023 proof
//       must be a base proof, as its holder receives it, otherwise a derived one.
//   {"op": "statusList", "id": URL, "statusPurpose": NAME, "length": n, "set": [index]}
//                                                            -> {"credential": {...}}
//       An unsigned list with these bits set, without issuer and dates; `issue` signs it.
//   {"op": "signPresentation", "presentation": {...}, "created": TIME, "challenge": TEXT,
//       "domain"?: TEXT, "cryptosuite"?: SUITE, "key"?: METHOD}
//                                                            -> {"presentation": {...}}
//   {"op": "verifyPresentation", "presentation": {...}, "now": TIME, "challenge": TEXT,
//       "domain"?: TEXT, "cryptosuite"?: SUITES}
//                           -> {"verified": bool, "presentation": bool, "credentials": [bool],
//                               "withdrawn": [bool], "why": [...]}
//       `presentation` is the answer for its own proof, `credentials` that for each credential
//       in it, `verified` for all together.  Nobody compares `holder` with who signed.
//
// A request that fails is answered with {"error": [...]}.
//
// It never reaches a network: what was not loaded does not exist.  Contexts, controller
// documents and status lists are handed over by the test, so their bytes are ours.
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as ecdsaJcs from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as ecdsaSd from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as eddsaJcs from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {
  checkStatus as checkStatusList, createCredential, createList
} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {named, serve} from './lines.mjs';

const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1';
const DID_CONTEXT = 'https://www.w3.org/ns/did/v1';
const documents = new Map();
const pairs = new Map();
let lastMethod;

const suites = {
  'eddsa-rdfc-2022': {sign: () => eddsaRdfc, verify: () => eddsaRdfc},
  'eddsa-jcs-2022': {
    sign: eddsaJcs.createSignCryptosuite, verify: eddsaJcs.createVerifyCryptosuite
  },
  'ecdsa-rdfc-2019': {sign: () => ecdsaRdfc, verify: () => ecdsaRdfc},
  'ecdsa-jcs-2019': {
    sign: ecdsaJcs.createSignCryptosuite, verify: ecdsaJcs.createVerifyCryptosuite
  },
  'ecdsa-sd-2023': {
    sign: ecdsaSd.createSignCryptosuite,
    verify: ({base}) =>
      base ? ecdsaSd.createConfirmCryptosuite() : ecdsaSd.createVerifyCryptosuite()
  }
};

const generators = {
  'Ed25519': controller => Ed25519Multikey.generate({controller}),
  'P-256': controller => EcdsaMultikey.generate({controller, curve: 'P-256'}),
  'P-384': controller => EcdsaMultikey.generate({controller, curve: 'P-384'})
};

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

function signing({created, cryptosuite = 'eddsa-rdfc-2022', key = lastMethod, mandatoryPointers}) {
  const pair = pairs.get(key);
  if(!pair) {
    throw new Error(`no key ${key} was made here`);
  }
  return new DataIntegrityProof({
    signer: pair.signer(), date: created,
    cryptosuite: named(suites, cryptosuite).sign({mandatoryPointers})
  });
}

function verifying({cryptosuite = Object.keys(suites), base = false}) {
  return [cryptosuite].flat().map(name => new DataIntegrityProof({
    cryptosuite: named(suites, name).verify({base})
  }));
}

// The status list may be secured with another suite than the credential.
function checkStatus({credential}) {
  return checkStatusList({credential, suite: verifying({}), documentLoader});
}

function withdrawn(result) {
  return (result.statusResult?.results ?? []).map(({status}) => status);
}

const operations = {
  load(request) {
    for(const [url, document] of Object.entries(request.documents)) {
      documents.set(url, document);
    }
    return {loaded: documents.size};
  },

  async key({controller, type = 'Ed25519'}) {
    const pair = await named(generators, type)(controller);
    const method = await pair.export({publicKey: true, includeContext: false});
    const known = documents.get(controller);
    documents.set(controller, {
      '@context': [DID_CONTEXT, MULTIKEY_CONTEXT], id: controller, ...known,
      verificationMethod: [...known?.verificationMethod ?? [], method],
      assertionMethod: [...known?.assertionMethod ?? [], method.id],
      authentication: [...known?.authentication ?? [], method.id]
    });
    pairs.set(method.id, pair);
    lastMethod = method.id;
    return {method};
  },

  async issue({credential, ...request}) {
    const suite = signing(request);
    return {
      credential: await vc.issue({credential, suite, documentLoader, now: request.created})
    };
  },

  async derive({credential, selectivePointers, proof}) {
    const cryptosuite = ecdsaSd.createDiscloseCryptosuite({proofId: proof, selectivePointers});
    const suite = new DataIntegrityProof({cryptosuite});
    return {
      credential: await vc.derive({verifiableCredential: credential, suite, documentLoader})
    };
  },

  async verify({credential, now, ...request}) {
    const suite = verifying(request);
    const result = await vc.verifyCredential(
      {credential, suite, documentLoader, now, checkStatus});
    return {
      verified: result.verified,
      withdrawn: withdrawn(result),
      why: reasons(result.error ?? result.statusResult?.error)
    };
  },

  async statusList({id, statusPurpose, length, set}) {
    const list = await createList({length});
    set.forEach(index => list.setStatus(index, true));
    return {credential: await createCredential({id, list, statusPurpose})};
  },

  async signPresentation({presentation, challenge, domain, ...request}) {
    const suite = signing(request);
    return {
      presentation: await vc.signPresentation(
        {presentation, suite, challenge, domain, documentLoader})
    };
  },

  async verifyPresentation({presentation, now, challenge, domain, ...request}) {
    const suite = verifying(request);
    const result = await vc.verify(
      {presentation, suite, challenge, domain, documentLoader, now, checkStatus});
    const credentials = result.credentialResults ?? [];
    return {
      verified: result.verified,
      presentation: result.presentationResult?.verified ?? false,
      credentials: credentials.map(({verified}) => verified),
      withdrawn: credentials.flatMap(withdrawn),
      why: [result, ...credentials].flatMap(
        ({error, statusResult}) => reasons(error ?? statusResult?.error))
    };
  }
};

function reasons(error) {
  if(!error) {
    return [];
  }
  return [error.message, ...(error.errors ?? []).flatMap(reasons), ...reasons(error.cause)];
}

await serve(operations, reasons);

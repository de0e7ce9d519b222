// Does another verifier agree?  @digitalcredentials/verifier-core behind JSON lines.
//
// Each line on stdin is one request, each line on stdout its answer, in order; what has `?` may
// be left out:
//
//   {"op": "load",   "documents": {URL: document, ...}}      -> {"loaded": n}
//       A DID document of did:web is loaded under its https address, as its server has it.
//   {"op": "verify", "credential": {...}, "now"?: TIME, "registries"?: [...]}
//                           -> {"verified": bool, "checks": {NAME: bool, ...},
//                               "schema": ..., "why": [...], "reported": [...]}
//       `checks` are the steps that it took: valid_signature, expiration, revocation_status (or
//       suspension_status) and registered_issuer.  It draws no conclusion from them; `verified`
//       is ours: the signature is valid, no other step failed but registered_issuer, and it
//       gave no reason to doubt.  `schema` is what it found when it compared the credential
//       with a schema, and has no say in that.  `why` are its reasons, `reported` what it wrote
//       to its console.  `registries` are known issuer registries in its own form.
//
// A request that fails is answered with {"error": [...]}.
//
// It verifies with the contexts that it carries, as it does for everybody who uses it; its
// copy of Open Badges 3.0.3 lacks `endorsementJwt` and `jti`.  Everything else it would fetch,
// and here a fetch is answered with what was loaded, or with 404: it never reaches a network.
// Its clock stands at `now`, and it remembers no DID document between two requests.
import {LruCache} from '@digitalcredentials/lru-memoize';
import {serve} from './lines.mjs';
import {format} from 'node:util';

const documents = new Map();
let now;
let reported = [];

const SystemDate = Date;
globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    super(...parts.length === 0 ? [globalThis.Date.now()] : parts);
  }

  static now() {
    return now ?? SystemDate.now();
  }
};

globalThis.fetch = async function(resource) {
  const url = resource.url ?? String(resource);
  if(!documents.has(url)) {
    return new Response(`${url} was not handed to this program`, {status: 404});
  }
  return Response.json(documents.get(url));
};

LruCache.prototype.memoize = ({fn}) => fn();

console.log = console.error = (...said) => reported.push(format(...said).split('\n')[0]);

const {verifyCredential} = await import('@digitalcredentials/verifier-core');

const operations = {
  load(request) {
    for(const [url, document] of Object.entries(request.documents)) {
      documents.set(url, document);
    }
    return {loaded: documents.size};
  },

  async verify({credential, now: time, registries = []}) {
    now = time && SystemDate.parse(time);
    reported = [];
    const {errors = [], error, log = [], additionalInformation = []} =
      await verifyCredential({credential, knownDIDRegistries: registries});
    const checks = Object.fromEntries(log.map(({id, valid = false}) => [id, valid]));
    const {valid_signature: signed = false, registered_issuer: _, ...others} = checks;
    const why = [...errors, error, ...log.map(step => step.error)].flatMap(reasons);
    return {
      verified: signed && Object.values(others).every(Boolean) && why.length === 0,
      checks,
      schema: additionalInformation.find(({id}) => id === 'schema_check')?.results ?? null,
      why,
      reported
    };
  }
};

function reasons(error) {
  if(!error) {
    return [];
  }
  const {name, message, errors = [], stackTrace, cause} = error;
  return [`${name}: ${message}`, ...[...errors, stackTrace?.message && stackTrace, cause]
    .flatMap(reasons)];
}

await serve(operations, reasons);

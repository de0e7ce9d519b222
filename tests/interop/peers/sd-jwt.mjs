// Does another implementation read the same SD-JWT?  @sd-jwt/sd-jwt-vc behind JSON lines.
//
// Each line on stdin is one request, each line on stdout its answer, in order; what has `?` may
// be left out:
//
//   {"op": "key", "name": NAME, "type"?: TYPE}               -> {"jwk": {...}}
//       Makes a key, keeps it under NAME, and tells its public part.  TYPE is P-256 (default),
//       P-384 or Ed25519.
//   {"op": "issue", "key": NAME, "claims": {...}, "frame"?: {...}, "holder"?: JWK,
//       "header"?: {...}, "hash"?: NAME}                     -> {"compact": TEXT}
//       `frame` names what the holder may leave out, in the library's own form: {"_sd": [name],
//       "nested": {"_sd": [...]}, "_sd_decoy": n}, positions of an array as text.  `holder`
//       becomes cnf.jwk.  `header` is added to alg and typ, and may replace typ, which is
//       dc+sd-jwt.  NAME of the hash is sha-256 (default), sha-384 or sha-512.
//   {"op": "present", "compact": TEXT, "frame"?: {...}, "binding"?: {"key": NAME, "aud": TEXT,
//       "nonce": TEXT, "iat": SECONDS}}                      -> {"compact": TEXT}
//       `frame` says true where something is shown: {"name": true, "nested": {"name": true}};
//       without a frame everything is shown.  With `binding` the holder signs for an occasion.
//   {"op": "verify", "compact": TEXT, "issuer": JWK, "now": SECONDS, "required"?: [name],
//       "nonce"?: TEXT, "aud"?: TEXT}
//                  -> {"verified": bool, "claims": {...}|null, "header": {...}|null,
//                      "binding": {...}|null, "why": [...]}
//       `required` are names as `a.b`.  Only with `nonce` the binding is looked at; `binding` is
//       its payload.  The library leaves `aud` and `typ` to its caller: `aud` is compared
//       here, `header` is told.
//
// A request that fails is answered with {"error": [...]}.
//
// The library brings no cryptography; it is given that of node:crypto.  The key decides which
// algorithm is right: a header that says another is refused.  It never reaches a network:
// claims that name a status list are refused, since none can be fetched.
import * as crypto from 'node:crypto';
import {SDJwtVcInstance} from '@sd-jwt/sd-jwt-vc';
import {named, serve} from './lines.mjs';

const keys = new Map();

const kinds = {
  'P-256': {generate: ['ec', {namedCurve: 'P-256'}], alg: 'ES256', digest: 'sha256'},
  'P-384': {generate: ['ec', {namedCurve: 'P-384'}], alg: 'ES384', digest: 'sha384'},
  'Ed25519': {generate: ['ed25519', {}], alg: 'EdDSA', digest: null}
};

const digests = {'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512'};

const library = {
  hasher: (data, name) => crypto.createHash(named(digests, name)).update(data).digest(),
  saltGenerator: length => crypto.randomBytes(length).toString('base64url'),
  statusListFetcher: url => {
    throw new Error(`${url} was not handed to this program`);
  }
};

function kept(name) {
  if(!keys.has(name)) {
    throw new Error(`no key ${name} was made here`);
  }
  return keys.get(name);
}

function signer({kind, privateKey}) {
  const key = {key: privateKey, dsaEncoding: 'ieee-p1363'};
  return data => crypto.sign(kind.digest, Buffer.from(data), key).toString('base64url');
}

function verifies(jwk, data, signature) {
  const kind = named(kinds, jwk?.crv);
  const header = JSON.parse(Buffer.from(data.split('.')[0], 'base64url'));
  const key = {key: crypto.createPublicKey({key: jwk, format: 'jwk'}), dsaEncoding: 'ieee-p1363'};
  return header.alg === kind.alg &&
    crypto.verify(kind.digest, Buffer.from(data), key, Buffer.from(signature, 'base64url'));
}

const operations = {
  key({name, type = 'P-256'}) {
    const kind = named(kinds, type);
    const {privateKey, publicKey} = crypto.generateKeyPairSync(...kind.generate);
    keys.set(name, {kind, privateKey});
    return {jwk: publicKey.export({format: 'jwk'})};
  },

  async issue({key, claims, frame, holder, header, hash = 'sha-256'}) {
    const issuer = kept(key);
    const instance = new SDJwtVcInstance({
      ...library, hashAlg: hash, signer: signer(issuer), signAlg: issuer.kind.alg
    });
    const payload = holder ? {...claims, cnf: {jwk: holder}} : claims;
    return {compact: await instance.issue(payload, frame, {header})};
  },

  async present({compact, frame, binding}) {
    if(!binding) {
      return {compact: await new SDJwtVcInstance(library).present(compact, frame)};
    }
    const {key, ...payload} = binding;
    const holder = kept(key);
    const instance = new SDJwtVcInstance({
      ...library, kbSigner: signer(holder), kbSignAlg: holder.kind.alg
    });
    return {compact: await instance.present(compact, frame, {kb: {payload}})};
  },

  async verify({compact, issuer, now, required, nonce, aud}) {
    const instance = new SDJwtVcInstance({
      ...library,
      verifier: (data, signature) => verifies(issuer, data, signature),
      kbVerifier: (data, signature, {cnf}) => verifies(cnf?.jwk, data, signature)
    });
    try {
      const {payload, header, kb} = await instance.verify(compact, {
        currentDate: now, requiredClaimKeys: required, keyBindingNonce: nonce
      });
      if(aud !== undefined && kb?.payload.aud !== aud) {
        throw new Error(`the binding is for ${kb?.payload.aud}`);
      }
      return {verified: true, claims: payload, header, binding: kb?.payload ?? null, why: []};
    } catch(error) {
      return {verified: false, claims: null, header: null, binding: null, why: reasons(error)};
    }
  }
};

function reasons(error) {
  return error ? [error.message, ...reasons(error.cause)] : [];
}

await serve(operations, reasons);

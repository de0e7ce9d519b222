// How long does @digitalbazaar/vc take?  Told over JSON lines, one request and one answer each:
//
//   {"op": "load", "documents": {URL: document}, "controller": DID}   -> {}
//       Contexts and the like; makes keys for the controller.
//   {"op": "honest", "suite": SUITE, "credential": {...}}             -> {}
//       Fails unless what is genuine is accepted and what was changed is refused.
//   {"op": "run", "work": WORK, "credentials": [...], "suite": SUITE} -> {"seconds": [s, ...]}
//       WORK is issue, derive or verify.  `issue` keeps what it made, `derive` and `verify` take
//       what was made before, one after the other; each is timed by itself.  Like everybody's,
//       a verification begins with the text.
import * as bazaar from './bazaar.mjs';
import {createInterface} from 'node:readline';

const DERIVED = 'ecdsa-sd-2023';
const made = {issue: {}, derive: {}};
const works = {
  issue: bazaar.issue,
  derive: bazaar.derive,
  verify: async (suite, text) => bazaar.verify(suite, JSON.parse(text))
};

async function run({work, suite, credentials}) {
  const derived = suite === DERIVED && work === 'verify';
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

async function honest({suite, credential}) {
  const issued = await bazaar.issue(suite, credential);
  const shown = suite === DERIVED ? await bazaar.derive(suite, issued) : issued;
  await bazaar.verify(suite, structuredClone(shown));
  shown.credentialSubject.result[0].achievedLevel += '-and-more';
  const refused = await bazaar.verify(suite, shown).then(() => false, () => true);
  if(!refused) {
    throw new Error(`@digitalbazaar/vc accepts a changed credential (${suite})`);
  }
  return {};
}

const operations = {load: async request => (await bazaar.load(request), {}), honest, run};
for await (const line of createInterface({input: process.stdin})) {
  const {op, ...request} = JSON.parse(line);
  const answer = await operations[op](request).catch(error => ({error: String(error.stack)}));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

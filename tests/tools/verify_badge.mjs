// Verifies a badge with Digital Bazaar's libraries: node verify_badge.mjs BADGE CONTEXTS, no network.
// They are looked for in node_modules beside this file; prints {"verified": …, "error": …}.
import fs from 'node:fs';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as didKey from '@digitalbazaar/did-method-key';
import * as multikey from '@digitalbazaar/ed25519-multikey';
import * as vc from '@digitalbazaar/vc';

const [badge, folder] = process.argv.slice(2);
const contexts = {
  'https://www.w3.org/ns/credentials/v2': 'credentials-v2.json',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json': 'open-badges-3.0.3.json'
};
const read = path => JSON.parse(fs.readFileSync(path, 'utf8'));
const keys = didKey.driver();
keys.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: multikey.from});

const documentLoader = async url => {
  if(contexts[url]) {
    return {contextUrl: null, documentUrl: url, document: read(`${folder}/${contexts[url]}`)};
  }
  if(url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await keys.get({url})};
  }
  throw new Error(`not here: ${url}`);
};
const suite = new DataIntegrityProof({cryptosuite});
const {verified, error} = await vc.verifyCredential({credential: read(badge), suite, documentLoader});
console.log(JSON.stringify({verified, error: error ? String(error.errors?.[0] ?? error) : ''}));

// How does a peer talk to the tests?  Each line on stdin is one request, each line on stdout its
// answer, in order; an operation that throws is answered with {"error": reasons}.
import {createInterface} from 'node:readline';

export async function serve(operations, reasons) {
  for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
    let answer;
    try {
      const request = JSON.parse(line);
      answer = await named(operations, request.op)(request);
    } catch(error) {
      answer = {error: reasons(error)};
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}

// What is meant by a name, among what there is.
export function named(table, name) {
  if(!Object.hasOwn(table, name)) {
    throw new Error(`${name} is not one of ${Object.keys(table).join(', ')}`);
  }
  return table[name];
}

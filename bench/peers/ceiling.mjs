// A server that does nothing but answer: as fast as `load.mjs` can be answered at all.
//
// The first line of standard output: {"port": n}.  It ends with its standard input.
import {createServer} from 'node:net';

const BODY = JSON.stringify({verified: true});
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`
);
const HEAD_END = Buffer.from('\r\n\r\n');

const server = createServer({noDelay: true}, socket => {
  let missing = 0;
  socket.on('error', () => socket.destroy());
  socket.on('data', piece => {
    if(missing === 0) {
      const head = piece.indexOf(HEAD_END);
      const length = /content-length: *(\d+)/i.exec(piece.toString('latin1', 0, head));
      missing = head + 4 + Number(length?.[1] ?? 0);
    }
    missing -= piece.length;
    if(missing === 0) {
      socket.write(ANSWER);
    }
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({port: server.address().port})}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();

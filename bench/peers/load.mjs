// Many requests over HTTP/1.1, each with a body of its own, over a few kept connections.
//
// Standard input: {"host", "port", "path", "method", "headers": {}, "bodies": FILE | null,
//   "requests": n, "connections": n, "rate": per second | null, "mostSeconds": s | null,
//   "status": n, "includes": TEXT}
// FILE has one body a line, taken in turn.  After `mostSeconds` no request is begun any more.  Without `rate` each connection asks again as soon as
// it is answered; with it requests begin at that pace, and one that has to wait for a free
// connection has its waiting counted.
// Standard output: {"seconds", "answered", "latencies": [seconds], "cpuSeconds"}.  An answer with
// another status, or without the text that each must include, ends the run with an error.
//
// It writes and reads bytes on plain sockets, because a client that is slower than the server
// would measure itself.
import {connect} from 'node:net';
import {readFileSync} from 'node:fs';

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');
const wanted = JSON.parse(readFileSync(0, 'utf8'));
const includes = Buffer.from(wanted.includes ?? '');
const bodies = wanted.bodies ?
  readFileSync(wanted.bodies, 'utf8').trimEnd().split('\n') : [''];
const messages = bodies.map(body => {
  const length = Buffer.byteLength(body);
  const headers = {
    host: `${wanted.host}:${wanted.port}`, ...wanted.headers,
    ...(length ? {'content-type': 'application/json', 'content-length': length} : {})
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${wanted.method} ${wanted.path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
});

const latencies = [];
const until = wanted.mostSeconds ? performance.now() + wanted.mostSeconds * 1000 : Infinity;
let begun = 0;
let over = false;

function end(connections) {
  over = true;
  connections.forEach(({socket}) => socket.destroy());
}

// Where an answer ends, or -1 while it is not all there.
function endOf(bytes) {
  const head = bytes.indexOf(HEAD_END);
  if(head < 0) {
    return -1;
  }
  const text = bytes.toString('latin1', 0, head).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(text);
  if(length) {
    const total = head + 4 + Number(length[1]);
    return bytes.length >= total ? total : -1;
  }
  return bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK) ? bytes.length : -1;
}

function check(answer) {
  const status = Number(answer.toString('latin1', 9, 12));
  if(status !== wanted.status || !answer.includes(includes)) {
    throw new Error(`unexpected answer: ${answer.toString('utf8', 0, 2000)}`);
  }
}

class Connection {
  constructor(free) {
    this.free = free;
    this.pieces = [];
    this.socket = connect({host: wanted.host, port: wanted.port, noDelay: true});
    this.socket.on('data', piece => this.read(piece));
    this.socket.on('close', () => {
      if(!over) {
        throw new Error('a connection was closed before the end');
      }
    });
    this.ready = new Promise(resolve => this.socket.once('connect', resolve));
  }

  ask(since) {
    this.since = since;
    this.socket.write(messages[begun++ % messages.length]);
  }

  read(piece) {
    this.pieces.push(piece);
    const bytes = this.pieces.length > 1 ? Buffer.concat(this.pieces) : piece;
    this.pieces = [bytes];
    if(endOf(bytes) < 0) {
      return;
    }
    latencies.push((performance.now() - this.since) / 1000);
    this.since = undefined;
    this.pieces = [];
    check(bytes);
    this.free(this);
  }
}

// As fast as it is answered.
async function closed() {
  await new Promise(done => {
    const connections = Array.from({length: wanted.connections}, () => new Connection(free));
    function free(connection) {
      const now = performance.now();
      if(begun < wanted.requests && now < until) {
        connection.ask(now);
      } else if(latencies.length === begun) {
        end(connections);
        done();
      }
    }
    Promise.all(connections.map(({ready}) => ready)).then(() => connections.forEach(free));
  });
}

// At a pace.
async function paced() {
  const waiting = [];
  const idle = [];
  function free(connection) {
    const since = waiting.shift();
    if(since === undefined) {
      idle.push(connection);
    } else {
      connection.ask(since);
    }
  }
  const connections = Array.from({length: wanted.connections}, () => new Connection(free));
  await Promise.all(connections.map(({ready}) => ready));
  idle.push(...connections);
  const start = performance.now();
  await new Promise(done => {
    let due = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      while(due < wanted.requests && start + due * 1000 / wanted.rate <= now) {
        due++;
        const connection = idle.shift();  // in turn, since one that waits long is closed over there
        if(connection) {
          connection.ask(now);
        } else {
          waiting.push(now);
        }
      }
      if(latencies.length === wanted.requests) {
        clearInterval(timer);
        end(connections);
        done();
      }
    }, 1);
  });
}

const start = performance.now();
await (wanted.rate ? paced() : closed());
const {user, system} = process.cpuUsage();
process.stdout.write(`${JSON.stringify({
  seconds: (performance.now() - start) / 1000,
  answered: latencies.length, latencies, cpuSeconds: (user + system) / 1e6
})}\n`);

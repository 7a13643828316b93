import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A host that nobody may send to, and what reached it all the same. */
export interface Collector {
  /** Where it listens, with a final slash: TCP for requests, UDP at the same port for WebRTC. */
  readonly url: string;
  /** What arrived so far: the first part of each request's path, 'udp' for a datagram, 'tcp' for each connection. */
  arrived(): readonly string[];
  close(): Promise<void>;
}

/** Starts one at a free port; the page it answers with has no policy of any kind. */
export async function startCollector(): Promise<Collector> {
  const arrived: string[] = [];
  const server = createServer((request, response) => {
    arrived.push(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1));
    request.resume();
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.end('');
  });
  server.on('connection', () => arrived.push('tcp'));
  server.on('upgrade', (request, socket) => {
    arrived.push((request.url ?? '/').slice(1).replace(/\?.*$/, ''));
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket('udp4', () => arrived.push('udp'));
  await new Promise<void>((done) => datagrams.bind(port, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${port}/`,
    arrived: () => [...new Set(arrived)],
    close: async () => {
      datagrams.close();
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
    },
  };
}
